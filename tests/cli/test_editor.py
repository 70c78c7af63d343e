"""`netj log -e`: what an editor may do, and that only a failed commit leaves a draft."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
import story

from netjournal.store.sqlite import opener

if TYPE_CHECKING:
    from conftest import Netj, Result


class Edit(Protocol):
    def __call__(self, script: str, options: str = "", **env: str) -> Result: ...


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path) -> None:
    story.tell(netj, journal)


@pytest.fixture
def edit(netj: Netj, tmp_path: Path) -> Edit:
    """A function that logs with a shell script as the editor; `$1` is the draft."""

    def call(script: str, options: str = "", **env: str) -> Result:
        editor = tmp_path / "an editor.sh"
        editor.write_text(f"#!/bin/sh\n{script}\n")
        editor.chmod(0o700)
        return netj(f"log -e {options}", env={"EDITOR": f"'{editor}'", **env})

    return call


def drafts(journal: Path) -> list[Path]:
    return sorted((journal.parent / "drafts").glob("*"))


def test_what_is_written_is_logged_and_no_draft_stays(edit: Edit, journal: Path) -> None:
    (row,) = edit("printf 'event: meetup\\nloud\\n- Dana: hires\\n' > \"$1\"", "-f json").rows
    assert (row["kind"], row["contacts"], row["note"]) == ("event", ["dana-whitfield"], "loud")
    assert drafts(journal) == []


def test_the_text_given_stands_in_the_draft_and_the_help_below_is_no_text(edit: Edit) -> None:
    script = 'head -1 "$1" | grep -q "^coffee with Dana about rent$" || exit 9; sed -i "1a - Priya: came along" "$1"'
    (row,) = edit(script, '"coffee with Dana about rent" -f json').rows
    assert (row["summary"], row["note"]) == ("rent", None)
    assert sorted(row["contacts"]) == ["dana-whitfield", "priya-nair"]


UNCHANGED = {
    "ends with an error": ("echo 'coffee with Dana' > \"$1\"; exit 3", "", 130),
    "saves nothing": ("true", "", 2),
    "saves the same": ('cp "$1" "$1.new"; mv "$1.new" "$1"', "", 2),
    "saves the same text again": ("true", '"coffee with Dana"', 2),
    "saves an empty file": (': > "$1"', "", 2),
    "saves blanks": ("printf ' \\n\\n' > \"$1\"", '"coffee with Dana"', 2),
    "takes out all but the help": ('sed -i 1d "$1"', '"coffee with Dana"', 2),
    "writes below the line only": ('echo "- Lena: hires" >> "$1"', "", 2),
    "writes what is no text": ("printf '\\377\\376' > \"$1\"", "", 2),
    "removes the file": ('rm "$1"', "", 2),
}


@pytest.mark.parametrize("case", UNCHANGED)
def test_nothing_changes_and_no_draft_stays_when_the_editor(edit: Edit, journal: Path, case: str) -> None:
    before = journal.read_bytes()
    script, options, code = UNCHANGED[case]
    ended = edit(script, options)
    assert (ended.code, ended.stdout) == (code, "")
    assert "nothing was changed" in ended.stderr
    assert journal.read_bytes() == before
    assert drafts(journal) == []


def test_an_editor_that_is_not_there_is_said_and_leaves_nothing(netj: Netj, journal: Path) -> None:
    for editor in ("/nowhere/ed", "'/nowhere/ed"):
        ended = netj("log -e", env={"EDITOR": editor})
        assert (ended.code, ended.stdout) == (2, "")
        assert editor in ended.stderr
        assert drafts(journal) == []


WRITTEN = "printf 'event: meetup\\n- Zoltan Kis: hires\\n' > \"$1\""


def kept(ended: Result, journal: Path) -> str:
    """The text of the one draft, whose place was said."""
    (draft,) = drafts(journal)
    assert str(draft) in ended.stderr
    assert draft.stat().st_mode & 0o777 == 0o600
    assert draft.parent.stat().st_mode & 0o777 == 0o700
    return draft.read_text()


def test_a_name_that_nobody_has_keeps_the_draft_which_can_be_logged_later(
    netj: Netj, edit: Edit, journal: Path
) -> None:
    before = journal.read_bytes()
    ended = edit(WRITTEN)
    assert (ended.code, ended.stdout) == (3, "")
    assert journal.read_bytes() == before
    (row,) = netj("log - --new -f json", stdin=kept(ended, journal)).rows
    assert row["created"] == ["zoltan-kis"]


@pytest.mark.parametrize("text", ["event: x\\n- Dana > call by 2027-02-30", "coffee with Dana +no-such-objective"])
def test_what_cannot_be_understood_keeps_the_draft(edit: Edit, journal: Path, text: str) -> None:
    ended = edit(f"printf '{text}' > \"$1\"")
    assert ended.code in (2, 3)
    assert kept(ended, journal) == text.replace("\\n", "\n")


def test_a_journal_that_stays_busy_keeps_the_draft(edit: Edit, journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opener, "TIMEOUT", 0.05)
    with closing(sqlite3.connect(journal, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        ended = edit(WRITTEN, "--new")
    assert (ended.code, ended.stdout) == (8, "")
    assert kept(ended, journal) == "event: meetup\n- Zoltan Kis: hires\n"


def test_the_draft_is_private_while_it_is_written(edit: Edit, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = f'stat -c %a "$1" "$(dirname "$1")" > {seen}'
    edit(script)
    assert seen.read_text().split() == ["600", "700"]


def test_nobody_waits_for_an_editor(edit: Edit, journal: Path) -> None:
    script = (
        f"{sys.executable} -S -c \"import sqlite3; sqlite3.connect('{journal}', timeout=0).execute('BEGIN EXCLUSIVE')\""
    )
    ended = edit(f"{script} || exit 7")
    assert "ended with 7" not in ended.stderr
    assert ended.code == 2


@pytest.mark.parametrize("damage", [b"no journal at all, but long enough to be looked at", None])
def test_a_journal_that_cannot_be_opened_starts_no_editor(
    edit: Edit, journal: Path, tmp_path: Path, damage: bytes | None
) -> None:
    journal.write_bytes(damage or journal.read_bytes()[:5000])
    ended = edit(f"touch {tmp_path}/started; echo 'coffee with Dana' > \"$1\"")
    assert (ended.code, ended.stdout) == (5, "")
    assert not (tmp_path / "started").exists()
    assert drafts(journal) == []


def test_an_interrupt_belongs_to_the_editor(edit: Edit) -> None:
    # Many editors use Ctrl-C as a key: it reaches both processes, and must not take the text away.
    (row,) = edit("trap : INT; kill -INT $$; kill -INT $PPID; echo 'coffee with Dana' > \"$1\"", "-f json").rows
    assert row["contacts"] == ["dana-whitfield"]


def test_visual_comes_before_editor(edit: Edit, tmp_path: Path) -> None:
    visual = tmp_path / "visual.sh"
    visual.write_text("#!/bin/sh\necho 'coffee with Priya' > \"$1\"\n")
    visual.chmod(0o700)
    (row,) = edit("echo 'coffee with Dana' > \"$1\"", "-f json", VISUAL=str(visual)).rows
    assert row["contacts"] == ["priya-nair"]


def test_amend_edits_the_note_and_an_untouched_one_changes_nothing(netj: Netj, tmp_path: Path) -> None:
    number = netj(["log", "coffee with Ann Lee", "--new", "-n", "old words", "-f", "json"]).rows[0]["id"]
    write = tmp_path / "write"
    write.write_text('#!/bin/sh\nsed -i "s/old words/new words/" "$1"\n')
    write.chmod(0o700)
    assert netj("amend -e -f json", env={"VISUAL": "true"}).code == 2
    assert netj("amend -e -f json", env={"VISUAL": str(write)}).rows[0]["note"] == "new words"
    assert netj(f"amend {number} -e -f json", env={"VISUAL": "false"}).code == 130
    assert netj(f"interaction show {number} -f json").rows[0]["note"] == "new words"
    assert not list((tmp_path / "drafts").iterdir())
