"""Whatever is typed or given as a file: it is understood or refused in a sentence, and what was stored is found again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from acts import _begun, examples, exported
from hypothesis import given
from hypothesis import strategies as st

from kept import place
from netjournal.interchange.formats import FORMATS

if TYPE_CHECKING:
    from conftest import Netj, Result

#: The same ones that the tests of each format read.
SAMPLES: Final = [
    file
    for file in sorted((Path(__file__).parent.parent / "interchange" / "fixtures").rglob("*"))
    if file.is_file() and file.stat().st_size < 50_000
]


@pytest.fixture
def journal(netj: Netj, environment: dict[str, str]) -> Path:
    """The journal that random commands begin with, and one interaction in it."""
    path = Path(environment["NETJ_DB"])
    place(path, _begun())
    assert netj("log coffee with ann about rent").ok
    return path


#: Pieces of what each grammar knows, between anything at all.
PIECES: Final = (
    *("coffee", "post:", "with", "about", "re", "@ann", "@d", "+role", "+none", "#sre", "Ann", "bob"),
    *("yesterday:", "2026-11-20:", "31.12.2026", "next friday", "in 2 weeks", "by", "> call by friday", "- Ann: hires"),
    *(
        "@ Acme, CTO",
        ":",
        ",",
        "--",
        "-x",
        "''",
        '"',
        "\\",
        "*",
        "%",
        "name:x",
        "AND",
        "O'Neil",
        "c++",
        "\n",
        "\t",
        "½",
        "²",
    ),
    *(
        "\u202e",
        "\u200d",
        "\x1b[2J",
        "\ud800",
        "e\u0301",
        "ﬁ",
        "日本",
        "99999999999",
        "-1",
        "1e9",
        "٣",
        "+" * 5,
        "@" * 5,
    ),
)
PIECE = st.one_of(st.sampled_from(PIECES), st.text(max_size=8))
TYPED = st.builds("".join, st.lists(st.builds("{}{}".format, PIECE, st.sampled_from((" ", "", "\n"))), max_size=8))
#: Controls but for the line end, marks of direction, line separators, zero width, tags: what a terminal acts on.
ACTING: Final = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
#: Command lines, each with the place of what is typed.
LINES: Final = (
    ("log", "--", "{}"),
    ("log", "-"),
    ("log", "-w", "ann", "--on", "{}"),
    ("log", "-w", "{}", "--new"),
    ("log", "coffee with ann", "--next", "{}"),
    ("log", "coffee with ann", "--note", "{}", "-t", "{}"),
    ("amend", "1", "--", "{}"),
    ("contact", "add", "--", "{}"),
    ("contact", "add", "Ann", "--org", "{}", "--birthday", "{}", "--every", "{}"),
    ("contact", "edit", "ann", "--email", "{}", "--alias", "{}"),
    ("objective", "add", "--by", "{}", "--", "{}"),
    ("followup", "add", "--with", "ann", "--", "{}"),
    ("snooze", "--", "ann", "{}"),
    ("search", "--", "{}"),
    ("prep", "--", "{}"),
    ("timeline", "--", "{}"),
    ("due", "--within", "{}"),
    ("export", "--since", "{}", "--who", "{}"),
    ("undo", "--", "{}"),
    ("{}",),
)


def is_no_bug(ended: Result) -> None:
    assert ended.code in (0, 2, 3, 4, 7), (ended.code, ended.stderr)
    assert "internal error" not in ended.stderr
    assert ended.code == 0 or ended.stderr.startswith(("netj: ", "Usage: "))
    assert not ACTING.search(ended.stderr), ascii(ended.stderr)


@examples(25)
@given(st.sampled_from(LINES), TYPED)
def test_anything_typed_is_understood_or_refused_in_a_sentence(
    netj: Netj, journal: Path, line: tuple[str, ...], typed: str
) -> None:
    before, whole = exported(journal), journal.read_bytes()
    # The system hands no NUL to a program.
    words = [word.format(typed.replace("\x00", "") if "{" in word else word) for word in line]
    ended = netj(words, stdin=typed.encode(errors="replace").decode())
    is_no_bug(ended)
    if ended.code:
        assert exported(journal) == before
    else:
        journal.write_bytes(whole)


CUT = st.tuples(
    st.floats(0, 1),
    st.floats(0, 0.3),
    st.sampled_from((b"", b"\x00", b"\xff\xfe", b'"', b"\n", b"BEGIN:VCARD\n", b"{")),
)


@examples(15)
@given(st.sampled_from(SAMPLES), st.lists(CUT, max_size=3), st.sampled_from((None, *FORMATS)), st.booleans())
def test_any_file_comes_in_or_is_refused_in_a_sentence_and_undo_takes_it_back(
    netj: Netj, journal: Path, sample: Path, cuts: list[tuple[float, float, bytes]], form: str | None, new: bool
) -> None:
    data = sample.read_bytes()
    for start, length, instead in cuts:
        first = int(start * len(data))
        data = data[:first] + instead + data[first + int(length * len(data)) :]
    file = journal.parent / f"given{sample.suffix}"
    file.write_bytes(data)
    before, whole = exported(journal), journal.read_bytes()
    ended = netj(
        ["import", *([form] if form else []), str(file), "--me", "me@example.com", *(["--new"] if new else [])]
    )
    is_no_bug(ended)
    if exported(journal) != before:
        assert ended.code == 0
        assert netj("undo").ok
    assert exported(journal) == before
    journal.write_bytes(whole)


#: What a person would look for: something with a letter, a digit or a mark in it.
SOUGHT = TYPED.map(lambda text: " ".join(text.encode(errors="replace").decode().split())).filter(
    lambda text: text and text.isprintable()
)


@examples(15)
@given(SOUGHT)
def test_whatever_was_noted_is_found_by_its_own_words(netj: Netj, journal: Path, text: str) -> None:
    whole = journal.read_bytes()
    (told,) = netj(["log", "chat with Ann about nothing much", "--note", text, "-f", "json"]).rows
    hits = netj(["search", "-f", "json", "--limit", "0", "--", text]).rows
    assert told["uid"] in {row["uid"] for row in hits}, ascii(text)
    journal.write_bytes(whole)
