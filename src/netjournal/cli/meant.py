"""What was probably meant by a verb or an option that is not there; loaded when a command line was refused."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Final

from netjournal.config import FORMATS

if TYPE_CHECKING:
    from collections.abc import Collection

    from typer._click.core import Command

#: What verbs are called elsewhere, with those of ours that may be meant, the nearest first.
_CALLED_OTHERWISE: Final = (
    (("add", "create", "insert", "make", "new"), ("add",)),
    (("all", "find", "ls", "search"), ("list",)),
    (("cat", "display", "get", "info", "print", "view"), ("show", "get")),
    (("amend", "change", "edit", "modify", "set", "update"), ("edit", "rename", "move")),
    (("mv",), ("rename", "edit", "move")),
    (("del", "delete", "drop", "erase", "remove", "rm"), ("delete", "remove", "drop", "close")),
    (("close", "complete", "done", "finish", "win"), ("done", "achieve", "close")),
    (("abandon", "cancel"), ("drop", "close")),
    (("combine", "join"), ("merge",)),
    (("stop",), ("pause",)),
    (("continue", "reopen", "start"), ("resume",)),
)
#: What is done by another command, by the noun and the first word of a line above.
_ELSEWHERE: Final = {
    ("interaction", "add"): "netj log",
    ("interaction", "amend"): "netj amend",
    ("org", "add"): "netj contact add --org",
    ("topic", "add"): "netj contact edit --topic",
}
#: How Typer says that words are left over.
TOO_MANY: Final = "Got unexpected extra argument"
#: What options are called elsewhere, with those of ours that may be meant, the nearest first.
_OPTIONS_CALLED_OTHERWISE: Final = (
    (("from",), ("through",)),
    (("date", "day", "when"), ("on", "by", "since")),
    (("deadline", "due", "due-date"), ("by",)),
    (("days", "last", "month", "period", "week"), ("since", "within")),
    (("company", "employer", "organisation", "organization"), ("org",)),
    (("label", "tag", "tags"), ("topic",)),
    (("contact", "person", "people", "who"), ("with", "who")),
    (("goal", "objective"), ("for",)),
    (("mail",), ("email",)),
    (("birthdate", "born"), ("birthday",)),
    (("comment", "notes"), ("note",)),
    (("cadence", "interval"), ("every",)),
    (("file", "out", "output"), ("to",)),
    (("promise", "todo"), ("next",)),
    (("type",), ("kind", "as")),
)


def no_such_verb(typed: str, noun: Command, suggested: str) -> str:
    """The sentence for a verb that a noun has not: what other programs call so comes before what is only written like it."""
    verbs: Collection[str] = getattr(noun, "commands", ())
    for words, ours in _CALLED_OTHERWISE:
        if typed.lower() in words:
            meant = next((verb for verb in ours if verb in verbs), _ELSEWHERE.get((noun.name or "", words[0])))
            return f"No such command '{typed}'." + (f" Did you mean '{meant}'?" if meant else "")
    return suggested


def option_meant(typed: str, command: Command) -> str | None:
    """The option that was probably meant: what is called so elsewhere, what was cut short, or what is written like it."""
    from difflib import get_close_matches

    word = typed.removeprefix("--")
    known = [o[2:] for parameter in command.params for o in parameter.opts if o.startswith("--")]
    if word in FORMATS and "format" in known:
        return f"-f {word}"
    called = (option for words, ours in _OPTIONS_CALLED_OTHERWISE if word in words for option in ours)
    begun = (option for option in known if option.startswith(word))
    # Without the hyphens: two that all have in common would make `--org` of `--sort`.
    meant = next((o for o in (*called, *begun, *get_close_matches(word, known, 1, 0.65)) if o in known), None)
    return meant and f"--{meant}"


def example(command: Command) -> str | None:
    """The first example of a command's help."""
    _, _, examples = (command.help or "").partition("Examples:\n")
    first = examples.partition("\n")[0].strip()
    return f"As in `{first}`." if first.startswith("netj ") else None


def left_over(sentence: str) -> str:
    """The words that a command does not take: Typer tells them nowhere but at the end of its sentence."""
    return sentence.removeprefix(f"{TOO_MANY}(s) (").removesuffix(".").removesuffix(")")


def too_many_words(command: Command, sentence: str, hint: str) -> str:
    """The mend for more words than a command takes: most often a name without its quotes, or a file without `--to`."""
    typed = left_over(sentence)
    if any(parameter.param_type_name == "argument" for parameter in command.params):
        if typed.replace(" ", "").isdecimal():
            return f"One at a time. {hint}"
        return f'Words that belong together need quotes, as in "Dana Whitfield". {hint}'
    if any("--to" in parameter.opts and parameter.metavar == "FILE" for parameter in command.params):
        return f"A file is named by `--to {'FILE' if ' ' in typed else quote(typed)}`. {hint}"
    if command.name == "list":
        return f"`netj search WORD` looks for a word. {hint}"
    return hint
