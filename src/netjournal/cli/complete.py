"""The hidden command that shells ask what the word being typed may become.

Its answer is one candidate a line, a tab, and what the candidate means. From the journal come only candidates made of
`[a-z0-9-]` after a mark of ours, so that no shell can find anything in them to run; a line that is `:files` asks the
shell for its own file names. Every failure is silence: a prompt is no place for an error.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple

from netjournal import config
from netjournal.cli import tree
from netjournal.cli.expected import ANYTHING, FILE, Expected, expected, real
from netjournal.domain.kinds import DEPTH_OF_KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from netjournal.store.connection import ReadConnection

Candidate = tuple[str, str]

FILES: Final = ":files"
#: Interactions offered by number: the newest.
NEWEST: Final = 100
_LONGEST: Final = 60
_SLUG: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")
#: Kinds answered from the journal that stand alone; the others are put together below.
_STORED: Final = frozenset(("who", "objective", "topic", "circle", "group", "organization"))
_NUMBERED: Final = frozenset(("promise", "interaction", "opportunity"))


class Line(NamedTuple):
    """A command line up to the cursor: what stands before the command, its words, and the word being typed."""

    environ: dict[str, str]
    words: list[str]
    current: str


def answer(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Print what the last word of a command line may become; `argv` holds the line, up to the cursor, as one text.

    Always 0, and nothing where anything is wrong.
    """
    try:
        lines = [f"{text}\t{_on_one_line(meaning)}\n" for text, meaning in candidates("".join(argv[:1]), environ)]
        sys.stdout.write("".join(lines))
        sys.stdout.flush()
    except Exception:  # noqa: BLE001  # whatever is wrong, the prompt stays clean
        return 0
    return 0


def candidates(line: str, environ: Mapping[str, str]) -> list[Candidate]:
    """What the last word of a line may become. Raises NetjError where the journal cannot be read."""
    before, words, current = read_line(line)
    place = {**environ, **before}
    db: str | None = None
    rest = iter(words)
    for word in rest:
        if word == "--db":
            db = next(rest, None)
            if db is None:
                return [(FILES, "")]
        elif word.startswith("--db="):
            db = word[5:]
        elif not word.startswith("-"):
            return _candidates_of_command(word, list(rest), current, db, place)
    if current.startswith("-"):
        return _beginning_with(current, _TOP_OPTIONS) if "=" not in current else [(FILES, "")]
    return _beginning_with(current, [(name, entry.sentence) for name, entry in tree.TABLE.items()])


_TOP_OPTIONS: Final = [
    ("--db", "The journal to use."),
    ("--version", "Print the version."),
    ("-v", "With --version: of the schema, SQLite and Python too."),
    ("--help", "Show this message and exit."),
]


def read_line(line: str) -> Line:
    """The words of a line as a shell would part them, with nothing in them expanded or run."""
    words, current = _parted(line)
    environ: dict[str, str] = {}
    while words and not words[0].startswith("-") and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        environ[name] = value
    return Line(environ, words[1:], current)


def _parted(line: str) -> tuple[list[str], str]:
    words: list[str] = []
    word = ""
    begun = False
    quote = ""
    characters = iter(line)
    for c in characters:
        if c == "\\" and quote != "'":
            word += next(characters, "")
            begun = True
        elif quote:
            if c == quote:
                quote = ""
            else:
                word += c
        elif c in "'\"":
            quote = c
            begun = True
        elif not c.isspace():
            word += c
        elif word or begun:
            words.append(word)
            word, begun = "", False
    return words, word


def _candidates_of_command(
    typed: str, words: Sequence[str], current: str, db: str | None, environ: Mapping[str, str]
) -> list[Candidate]:
    nouns = [typed] if typed in tree.TABLE else tree.nouns_for(typed, tree.TABLE)
    if len(nouns) != 1:
        return []
    wanted = expected(nouns[0], words, current)
    piece = current[len(wanted.lead) :]
    if wanted.kind == FILE:
        return [(FILES, "")]
    if "|" in wanted.kind:
        found = [(choice, "") for choice in wanted.kind.split("|") if choice]
    elif wanted.kind in _FIXED:
        found = _FIXED[wanted.kind](wanted)
    elif wanted.kind == ANYTHING:
        return []
    else:
        from netjournal.store.sqlite.glance import glance

        # Of a text in quotes only the last word is being typed.
        piece = piece if wanted.kind in _STORED else piece.rpartition(" ")[2]
        named = config.journal_path(os.path.expandvars(db) if db else None, _expanded(environ))
        with glance(named) as connection:
            found = [] if connection is None else _stored(connection, wanted, piece, current)
    return [(wanted.lead + text, meaning) for text, meaning in _beginning_with(piece, found)]


def _expanded(environ: Mapping[str, str]) -> dict[str, str]:
    return {"NETJ_DB": os.path.expandvars(environ.get("NETJ_DB", ""))}


def _stored(connection: ReadConnection, wanted: Expected, piece: str, current: str) -> list[Candidate]:
    """What the journal offers for a kind of word."""
    kind = wanted.kind
    if kind in _STORED:
        return _slugs(connection, kind, piece)
    if kind in _NUMBERED:
        return _numbers(connection, kind)
    if kind == "guest":
        grouped = [("group:" + text, meaning) for text, meaning in _slugs(connection, "group", "")]
        return _slugs(connection, "who", piece) + grouped
    marks = {"promise-text": "@", "who-objective": "+", "objective-topic": "#"}.get(kind, "@+#")
    if piece[:1] and piece[0] in marks:
        none = kind in ("capture", "amendment") and piece[0] == "+"
        return _marked(connection, piece) + [("+none", "for no objective, on purpose")] * none
    if kind == "objective-topic":
        return _slugs(connection, "objective", piece)
    if kind in ("who-marks", "who-objective"):
        return _slugs(connection, "who", piece)
    if kind == "promise-text":
        return []
    return list(_captured(connection, wanted, piece, current))


def _captured(connection: ReadConnection, wanted: Expected, piece: str, current: str) -> Iterator[Candidate]:
    """Words of a quick capture: a kind or a number first, and names until what was said begins."""
    said = [*wanted.before, *current.split(" ")[:-1]]
    if not said and wanted.kind == "amendment":
        yield from _numbers(connection, "interaction")
    elif not {"about", "re"}.intersection(said):
        if not said:
            yield from [(name, depth) for name, depth in DEPTH_OF_KIND.items()]
        yield from _slugs(connection, "who", piece)


def _marked(connection: ReadConnection, piece: str) -> list[Candidate]:
    mark, begun = piece[0], piece[1:]
    found = _slugs(connection, {"@": "who", "+": "objective", "#": "topic"}[mark], begun)
    return [(mark + text, meaning) for text, meaning in found]


def _slugs(connection: ReadConnection, kind: str, begun: str) -> list[Candidate]:
    """Names of a kind in the form that needs no quotes; those that have none are left out."""
    if not _SLUG.issuperset(begun):
        return []
    from netjournal.store.queries import complete as queries

    found = {
        "who": lambda: queries.handles(connection, begun),
        "objective": lambda: queries.objectives(connection),
        "topic": lambda: queries.topics(connection, begun),
        "circle": lambda: queries.circles(connection),
        "group": lambda: queries.groups(connection),
        "organization": lambda: queries.organizations(connection, begun.replace("-", " ")),
    }[kind]()
    if kind in ("circle", "group", "organization"):
        # A blank in a folded name and a hyphen in what is typed are the same to those who look it up.
        found = [word._replace(text=word.text.replace(" ", "-")) for word in found]
    return [word for word in found if word.text and _SLUG.issuperset(word.text) and word.text[0] != "-"]


def _numbers(connection: ReadConnection, kind: str) -> list[Candidate]:
    from netjournal.store.queries import complete as queries

    if kind == "interaction":
        return [*queries.interactions(connection, NEWEST)]
    return [*(queries.promises(connection) if kind == "promise" else queries.opportunities(connection))]


def _verbs(wanted: Expected) -> list[Candidate]:
    return [(name, _first_line(verb.help)) for name, verb in real(wanted.command).commands.items()]


def _options(wanted: Expected) -> list[Candidate]:
    found = [("--help", "Show this message and exit.")]
    for parameter in getattr(real(wanted.command), "params", ()):
        if parameter.param_type_name == "option" and not parameter.hidden:
            found += [(name, _first_line(parameter.help)) for name in (*parameter.opts, *parameter.secondary_opts)]
    return found


def _settings(_: Expected) -> list[Candidate]:
    return [(setting.name, setting.help) for setting in config.SETTINGS]


def _answers(_: Expected) -> list[Candidate]:
    from netjournal.reports.schema import ANSWERS

    return [(name.replace(" ", "-"), command) for name, (_, _, command) in ANSWERS.items()]


#: Kinds whose words are the program's own.
_FIXED: Final = {"verb": _verbs, "option": _options, "setting": _settings, "answer": _answers}


def _beginning_with(piece: str, found: Iterable[Candidate]) -> list[Candidate]:
    return [(text, meaning) for text, meaning in found if text.startswith(piece)]


def _first_line(text: str | None) -> str:
    return (text or "").partition("\n")[0]


def _on_one_line(meaning: str) -> str:
    """A meaning as a terminal may see it, on one line."""
    if not meaning.isprintable():
        from netjournal.render.plain import blank_breaks, sanitise

        meaning = sanitise(blank_breaks(meaning))
    return meaning if len(meaning) <= _LONGEST else meaning[: _LONGEST - 1] + "…"
