"""What each word of a command line stands for, known without loading a command.

The tables hold what is asked often enough to be answered at once. What they do not hold is asked of the real
command, which costs twice as much; a test holds the tables to the real commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from netjournal.cli import tree
from netjournal.config import FORMATS
from netjournal.domain.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A kind of word. Where it holds a bar, it is the choices themselves.
Kind = str
FLAG: Final[Kind] = "flag"
ANYTHING: Final[Kind] = "anything"
#: To be asked of the real command.
ASKED: Final[Kind] = ""
FILE: Final[Kind] = "file"

_FORMAT: Final = "|".join(FORMATS)

#: What an option takes, where it means the same in every command; `flag` takes nothing.
OPTIONS: Final[dict[str, Kind]] = {
    **dict.fromkeys(
        ("-w", "--with", "--except", "--who", "--client", "--introduced-by", "--through", "--intro", "--via"), "who"
    ),
    **dict.fromkeys(("-o", "--for"), "objective"),
    **dict.fromkeys(("-t", "--topic"), "topic"),
    **dict.fromkeys(("-k", "--kind"), "|".join(KINDS)),
    **dict.fromkeys(("-f", "--format"), _FORMAT),
    **dict.fromkeys(("--next", "--they"), "promise-text"),
    **dict.fromkeys(
        ("-n", "--note", "--on", "--by", "--since", "--until", "--fields", "--limit", "--every", "--latest"), ANYTHING
    ),
    **dict.fromkeys(("--minutes", "--gave", "--got", "--last", "--name", "--handle", "--title"), ANYTHING),
    **dict.fromkeys(
        ("--no-header", "--new", "--no-reply", "--edit", "-e", "--yes", "-y", "--all", "--help", "-h"), FLAG
    ),
    "--circle": "circle",
    "--group": "group",
    "--org": "organization",
    "--at": "organization",
    "--done": "promise",
    "--direction": "in|out|mutual",
    "--owner": "me|them",
    "--stage": "lead|talking|applied|interview|offer",
    "--origin": "relationship|introduction|exposure|cold",
    "--interaction": "interaction",
    "--status": "active|paused|achieved|dropped",
    "--standing": "untracked|on-track|soon|due|overdue|planned|snoozed|paused",
}
#: Options that mean something else in one command.
OPTIONS_OF: Final[dict[str, dict[str, Kind]]] = {
    "log": {"-w": "guest", "--with": "guest", "--to": "who"},
    "amend": {"-w": "guest", "--with": "guest", "--to": "who", "-x": "objective-topic"},
    "circle remove": {"--to": "circle"},
    "opportunity list": {"--stage": "lead|talking|applied|interview|offer|won|lost|declined|lapsed"},
    "opportunity add": {"--direction": "in|out"},
    "opportunity move": {
        "--direction": "in|out",
        "--stage": "lead|talking|applied|interview|offer|won|lost|declined|lapsed",
    },
    "export": {"--to": FILE, **dict.fromkeys(("-f", "--format", "--as"), ASKED)},
}
#: What the words after a command are; a last word that may come again ends in dots.
ARGUMENTS: Final[dict[str, tuple[Kind, ...]]] = {
    "log": ("capture…",),
    "amend": ("amendment…",),
    "done": ("promise…",),
    "prep": ("who-marks…",),
    "keep": ("guest…",),
    "snooze": ("who", ANYTHING),
    "timeline": ("who-objective",),
    "changes": ("who",),
    "forget": ("who",),
    "import": ("file…",),
    "completion": ("bash|zsh|fish",),
    "schema": ("answer…",),
    "config get": ("setting",),
    "config set": ("setting", ANYTHING),
    **{f"contact {verb}": ("who",) for verb in ("show", "edit", "delete")},
    "contact rename": ("who", ANYTHING),
    "contact archive": ("who…",),
    "contact merge": ("who", "who"),
    "org show": ("organization",),
    "org rename": ("organization", ANYTHING),
    "org merge": ("organization", "organization"),
    **{f"group {verb}": ("group",) for verb in ("show", "edit", "delete")},
    **{f"circle {verb}": ("circle",) for verb in ("edit", "remove")},
    **{f"objective {verb}": ("objective",) for verb in ("show", "edit", "pause", "resume", "achieve", "drop")},
    "followup add": ("promise-text…",),
    "followup edit": ("promise", "promise-text…"),
    **{f"followup {verb}": ("promise…",) for verb in ("done", "drop")},
    "topic show": ("topic",),
    **{f"interaction {verb}": ("interaction",) for verb in ("show", "delete")},
    "opportunity show": ("opportunity",),
    "opportunity move": ("opportunity", "lead|talking|applied|interview|offer|won|lost|declined|lapsed"),
    "opportunity close": ("opportunity", "won|lost|declined|lapsed"),
}
#: What the name of a parameter of a real command says of its words.
_METAVARS: Final = {
    "WHO": "who",
    "KEY": "objective",
    "OBJECTIVE": "objective",
    "TOPIC": "topic",
    "CIRCLE": "circle",
    "GROUP": "group",
    "ORG": "organization",
    "FILE": FILE,
}


class Expected(NamedTuple):
    """What the word being typed stands for: its kind, what of it is settled, and the words of its text before it."""

    kind: Kind
    command: str
    lead: str = ""
    before: tuple[str, ...] = ()


def expected(name: str, words: Sequence[str], current: str) -> Expected:
    """What `current` stands for after a command's name and the words that follow it."""
    rest = list(words)
    command = name
    if tree.has_verbs(tree.TABLE[name]):
        while rest and rest[0].startswith("-"):
            rest.pop(0)
        if not rest:
            return Expected("option" if current.startswith("-") else "verb", command)
        command = f"{name} {rest.pop(0)}"
    given: list[str] = []
    waiting = ""
    ended = False
    for word in rest:
        if waiting:
            waiting = ""
        elif ended or not word.startswith("-") or word == "-":
            given.append(word)
        elif word == "--":
            ended = True
        elif _wants(command, word):
            waiting = word
    if waiting:
        return Expected(option_kind(command, waiting), command)
    option, sign, _ = current.partition("=")
    if current.startswith("-") and not ended:
        return Expected(option_kind(command, option), command, option + sign) if sign else Expected("option", command)
    return Expected(argument_kind(command, len(given)), command, "", tuple(given))


def _wants(command: str, word: str) -> bool:
    """Whether the word after this option is its value: not after `--for=x` nor after `-ox`."""
    whole = "=" not in word if word.startswith("--") else len(word) == 2
    return whole and option_kind(command, word) != FLAG


def option_kind(command: str, option: str) -> Kind:
    """What an option of a command takes."""
    everywhere = OPTIONS.get(option, ASKED)
    return OPTIONS_OF.get(command, {}).get(option, everywhere) or _real_option(command, option)


def argument_kind(command: str, place: int) -> Kind:
    """What the word at a place (0 is the first) after a command is."""
    kinds = ARGUMENTS.get(command)
    if kinds is None:
        kinds = _real_arguments(command)
    if place < len(kinds):
        return kinds[place].removesuffix("…")
    return kinds[-1].removesuffix("…") if kinds and kinds[-1].endswith("…") else ANYTHING


def real(command: str) -> Any:
    """The command itself, or None where there is none of that name."""
    from netjournal.cli import lazy

    name, _, verb = command.partition(" ")
    found: Any = lazy.group(tree.TABLE).commands[name]
    return found.commands.get(verb) if verb else found


def _real_option(command: str, option: str) -> Kind:
    for parameter in getattr(real(command), "params", ()):
        if option in (*parameter.opts, *parameter.secondary_opts):
            return FLAG if getattr(parameter, "is_flag", False) else kind_of(parameter)
    return ANYTHING


def _real_arguments(command: str) -> tuple[Kind, ...]:
    found = real(command)
    if getattr(found, "commands", None) or found is None:
        return ()
    arguments = [p for p in found.params if p.param_type_name == "argument"]
    return tuple(kind_of(p) + ("…" if p.nargs == -1 else "") for p in arguments)


def kind_of(parameter: Any) -> Kind:
    """What a parameter of a real command takes, by its choices and the name that help gives it."""
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return "|".join(map(str, choices)) + "|" * (len(choices) == 1)
    shown = (parameter.metavar or "").strip("[].")
    if "|" in shown and shown.islower():
        return str(shown)
    return _METAVARS.get(shown, ANYTHING)
