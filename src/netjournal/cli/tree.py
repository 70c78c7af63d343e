"""Every command's name, place and sentence: what help prints without loading a single command."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from netjournal import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Panel = Literal["Daily", "Records", "Looking back", "Data"]

#: The two columns of the help page, each with its panels from top to bottom.
COLUMNS: Final[tuple[tuple[Panel, ...], ...]] = (("Daily", "Records"), ("Looking back", "Data"))
#: Sentences longer than this would break the help page's two columns of 80.
LONGEST_SENTENCE: Final = 24
#: The hidden command that shells ask while a line is typed.
COMPLETE: Final = "_complete"
#: A screen of 24 lines, less the one that the next prompt takes.
SCREEN: Final = 23

USAGE: Final = "Usage: netj [--db FILE] [--version [-v]] [-h, --help] COMMAND [ARGS]..."
FOOTER: Final = "netj COMMAND --help gives examples. Records may be cut short: netj obj list."

_WIDTH: Final = 79
_NAME: Final = 11
_COLUMN: Final = 40


class Entry(NamedTuple):
    """Where a command is defined (`app` of that module), the panel it is listed in, and its one sentence."""

    module: str
    panel: Panel
    sentence: str
    #: Whether a verb follows although this is no noun (`config get`): its name may not be cut short.
    verbs: bool = False


#: A sentence here is the first line of the command's own help, without its full stop.
TABLE: Final[dict[str, Entry]] = {
    "log": Entry("netjournal.cli.log", "Daily", "Log one interaction"),
    "amend": Entry("netjournal.cli.amend", "Daily", "Change what was logged"),
    "due": Entry("netjournal.cli.due", "Daily", "Whom to contact today"),
    "next": Entry("netjournal.cli.next", "Daily", "The first of those due"),
    "prep": Entry("netjournal.cli.prep", "Daily", "Before a conversation"),
    "plan": Entry("netjournal.cli.plan", "Daily", "The coming days, planned"),
    "done": Entry("netjournal.cli.done", "Daily", "Mark promises as kept"),
    "keep": Entry("netjournal.cli.keep", "Daily", "Give contacts a cadence"),
    "snooze": Entry("netjournal.cli.snooze", "Daily", "Leave them for later"),
    "contact": Entry("netjournal.cli.contact", "Records", "People in your network"),
    "org": Entry("netjournal.cli.org", "Records", "Where contacts work"),
    "group": Entry("netjournal.cli.group", "Records", "People met together"),
    "circle": Entry("netjournal.cli.circle", "Records", "Named cadences"),
    "objective": Entry("netjournal.cli.objective", "Records", "What to reach, and why"),
    "followup": Entry("netjournal.cli.followup", "Records", "Promises, both ways"),
    "opportunity": Entry("netjournal.cli.opportunity", "Records", "What came up"),
    "topic": Entry("netjournal.cli.topic", "Records", "Areas of interest"),
    "interaction": Entry("netjournal.cli.interaction", "Records", "What you logged"),
    "search": Entry("netjournal.cli.search", "Looking back", "Find words anywhere"),
    "timeline": Entry("netjournal.cli.timeline", "Looking back", "A history, day by day"),
    "review": Entry("netjournal.cli.review", "Looking back", "Look back over a month"),
    "import": Entry("netjournal.cli.import_", "Data", "Bring other files in"),
    "export": Entry("netjournal.cli.export", "Data", "Write everything out"),
    "undo": Entry("netjournal.cli.undo", "Data", "Take an action back"),
    "redo": Entry("netjournal.cli.redo", "Data", "Put back what was undone"),
    "changes": Entry("netjournal.cli.changes", "Data", "What was done, and when"),
    "forget": Entry("netjournal.cli.forget", "Data", "Remove somebody for good"),
    "backup": Entry("netjournal.cli.backup", "Data", "Copy the journal safely"),
    "restore": Entry("netjournal.cli.restore", "Data", "Put a backup in place"),
    "doctor": Entry("netjournal.cli.doctor", "Data", "Check the journal"),
    "config": Entry("netjournal.cli.config", "Data", "Your settings", verbs=True),
    "db": Entry("netjournal.cli.db", "Data", "Where the journal is", verbs=True),
    "schema": Entry("netjournal.cli.schema", "Data", "The keys of every answer"),
    "completion": Entry("netjournal.cli.completion", "Data", "Completion for a shell"),
    "demo": Entry("netjournal.cli.demo", "Data", "Try it on a made-up year"),
}


#: What other programs call it, or a verb without its noun.
CALLED_OTHERWISE: Final[dict[str, tuple[str, ...]]] = {
    "add": ("contact add", "log"),
    "agenda": ("plan",),
    "birthday": ("due --signals",),
    "birthdays": ("due --signals",),
    "chart": ("review --chart",),
    "company": ("org",),
    "delete": ("contact delete", "interaction delete", "undo"),
    "dump": ("export",),
    "edit": ("amend", "contact edit"),
    "find": ("search",),
    "friend": ("contact",),
    "friends": ("contact",),
    "goal": ("objective",),
    "grep": ("search",),
    "help": ("--help",),
    "history": ("timeline", "changes"),
    "init": ("log", "demo"),
    "intro": ("log --intro",),
    "introduce": ("log --intro",),
    "job": ("opportunity",),
    "lead": ("opportunity",),
    "list": ("contact list", "due"),
    "load": ("import",),
    "ls": ("contact list", "due"),
    "meet": ("log",),
    "met": ("log",),
    "migrate": ("import",),
    "month": ("review",),
    "new": ("contact add", "log"),
    "note": ("log",),
    "people": ("contact",),
    "person": ("contact",),
    "promise": ("followup",),
    "remind": ("followup add",),
    "reminder": ("followup add",),
    "reminders": ("followup list",),
    "remove": ("contact delete", "forget"),
    "report": ("review",),
    "rm": ("contact delete", "undo"),
    "save": ("backup", "export"),
    "settings": ("config",),
    "show": ("prep", "contact show"),
    "stats": ("review",),
    "status": ("due", "doctor"),
    "summary": ("review",),
    "sync": ("export", "import"),
    "tag": ("topic",),
    "task": ("followup",),
    "today": ("due",),
    "todo": ("followup",),
    "tour": ("demo",),
    "version": ("--version",),
    "view": ("prep", "contact show"),
    "week": ("plan",),
    "who": ("prep", "search"),
}


def is_noun(entry: Entry) -> bool:
    """Whether the command is a noun: a group of verbs, whose name may be cut short."""
    return entry.panel == "Records"


def has_verbs(entry: Entry) -> bool:
    """Whether the next word is a verb, even where there is only one yet."""
    return is_noun(entry) or entry.verbs


def nouns_for(prefix: str, table: Mapping[str, Entry]) -> list[str]:
    """The nouns that begin with what was typed."""
    return [name for name, entry in table.items() if is_noun(entry) and name.startswith(prefix)]


def close_to(typed: str, table: Mapping[str, Entry]) -> list[str]:
    """The commands that were probably meant: at most three."""
    from difflib import get_close_matches

    from netjournal.domain.kinds import kind_named

    folded = typed.lower()
    if folded in table:
        return [folded]
    begun = [name for name in table if name.startswith(folded)]
    called = CALLED_OTHERWISE.get(folded, ()) or (("log",) if kind_named(folded) else ())
    return begun[:3] or [*called] or get_close_matches(folded, table, n=3)


def help_page(table: Mapping[str, Entry], width: int) -> str:
    """The top help: two columns of grouped commands, or one where `width` (in characters) is too small."""
    from netjournal.render.width import wrapped

    left, right = (_panels(panels, table) for panels in COLUMNS)
    if width > _WIDTH:
        height = max(len(left), len(right))
        pairs = zip(_padded(left, height), _padded(right, height), strict=True)
        body = [f"{a:<{_COLUMN}}{b}".rstrip() for a, b in pairs]
    else:
        body = [*left, "", *right]
    gap = [""] if len(body) + 4 <= SCREEN else []
    return "\n".join([*wrapped(USAGE, width - 1, 2), *gap, *body, *gap, *wrapped(FOOTER, width - 1)])


def version() -> str:
    """The program's name and version."""
    return f"netj {__version__}"


def versions() -> str:
    """The version, and a line each for the schema that is written, SQLite and Python."""
    from netjournal.store.sqlite import opener

    python = ".".join(map(str, sys.version_info[:3]))
    return f"{version()}\nschema {opener.SCHEMA_VERSION}\nSQLite {opener.SQLITE_VERSION}\nPython {python}"


def _panels(panels: Iterable[Panel], table: Mapping[str, Entry]) -> list[str]:
    lines: list[str] = []
    for panel in panels:
        members = [(name, entry.sentence) for name, entry in table.items() if entry.panel == panel]
        if members:
            lines += ["", panel] if lines else [panel]
            lines += [f"  {name:<{_NAME}}  {sentence}" for name, sentence in members]
    return lines


def _padded(lines: list[str], height: int) -> list[str]:
    return lines + [""] * (height - len(lines))
