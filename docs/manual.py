"""Make the manual page docs/man/netj.1 from the code: `python docs/generate.py` does it with the reference.

The page is man(7), in ASCII, so that any man reads it. Its date is the release's, from the changelog. The wheel carries it
as share/man/man1/netj.1, and beside it the scripts of `netj completion`.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from netjournal import __version__, clock, config, errors
from netjournal.cli import boundary, lazy, tree
from netjournal.cli.context import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE: Final = Path(__file__).resolve().parent
PAGE: Final = HERE / "man" / "netj.1"
#: What ASCII has for the signs of the help texts.
_PLAIN: Final = str.maketrans({"…": "...", "–": "-", "’": "'", "“": '"', "”": '"', "⌈": "", "⌉": "", "×": "x"})
#: Options that every command has, told once.
_COMMON: Final = ("--help", "--format", "--fields", "--no-header")


def page() -> str:
    """The whole page."""
    lines = [
        '.\\" Made from the code by python docs/generate.py; change the code, not this page.',
        f'.TH NETJ 1 "{_released()}" "netj {__version__}" "User Commands"',
        ".SH NAME",
        "netj \\- a networking journal for the command line",
        ".SH SYNOPSIS",
        ".B netj",
        _spelled("[--db FILE] COMMAND [ARGS]..."),
        ".br",
        ".B netj",
        _spelled("[--version [-v]] [--help]"),
        ".SH DESCRIPTION",
        *_paragraphs(_DESCRIPTION),
        ".SH OPTIONS",
        *_options((("--db FILE", "The journal to use. It comes before the command."),
                   ("--version", "Print the version; with -v also of the schema, SQLite and Python."),
                   ("-h, --help", "Show help and exit; after a command, that of the command, with examples."))),
        ".PP",
        "Every answer of rows takes these:",
        *_options(_common()),
        ".SH COMMANDS",
        *_paragraphs("Records may be cut short where it is clear which is meant: `netj obj list`."),
        *_commands(),
        ".SH ENVIRONMENT",
        *_options(_environment()),
        ".SH FILES",
        *_options((("journal.db", "The journal, one SQLite file, in the platform's folder for data (on Linux "
                    "~/.local/share/netjournal). `netj db path` says where. Backups lie in the folder backups beside it."),
                   ("config.toml", "Settings, in the platform's folder for them (on Linux ~/.config/netjournal). "
                    "`netj config list` names them."))),
        ".SH EXIT STATUS",
        *_options(_exit_codes()),
        ".SH SEE ALSO",
        ".BR sqlite3 (1),",
        ".BR jq (1)",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


_DESCRIPTION: Final = """\
netj keeps in view whom you know, what you talked about, what was promised, and which of your objectives it is for. `netj \
log` writes down one interaction in a line; `netj due` says whom to contact today and why; `netj prep` is one screen before \
a conversation; `netj plan` spreads the coming days; `netj review` looks back.

On a terminal answers are tables; in a pipe they are tab-separated with a header. Answers go to standard output; hints, \
questions and errors to standard error. Every command that writes is one step that `netj undo` takes back, but for `netj \
forget`. Nothing is ever sent anywhere. `netj demo` makes a journal to try it on."""


def _released() -> str:
    found = re.search(
        rf"^## {re.escape(__version__)} – (\S+)$", (HERE / "changelog.md").read_text("utf-8"), re.MULTILINE
    )
    return found[1] if found and found[1] != "unreleased" else ""


def _commands() -> Iterator[str]:
    top = lazy.group(tree.TABLE)
    with top.make_context("netj", [], resilient_parsing=True, obj=Session({})) as root:
        for panel in (panel for column in tree.COLUMNS for panel in column):
            yield f".SS {_text(panel)}"
            parts = (
                part
                for name, entry in tree.TABLE.items()
                if entry.panel == panel
                for part in _command(top.commands[name], name, root)
            )
            next(parts)  # a heading is a paragraph's beginning already
            yield from parts


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:
    context = type(parent)(command, info_name=name, parent=parent)
    verbs = getattr(command, "commands", None)
    if verbs:
        for verb, below in verbs.items():
            yield from _command(below, verb, context)
        return
    usage = " ".join(part for part in command.collect_usage_pieces(context) if part != "[OPTIONS]")
    yield ".PP"
    yield f"\\fB{_text(context.command_path)}\\fR" + (f" {_marked(usage)}" if usage else "")
    yield ".RS 4"
    said, _, examples = (command.help or "").replace("\b\n", "").partition("Examples:\n")
    yield from _paragraphs(said)
    yield from _options([r for p in command.params if (r := p.get_help_record(context)) and not _is_common(p)])
    yield ".PP"
    yield ".EX"
    yield from (_text(line.strip()) for line in examples.splitlines() if line.strip())
    yield ".EE"
    yield ".RE"


def _is_common(parameter: Any) -> bool:
    return any(option in _COMMON for option in parameter.opts)


def _common() -> list[tuple[str, str]]:
    """The options of rows, as `due` has them."""
    top = lazy.group(tree.TABLE)
    with top.make_context("netj", [], resilient_parsing=True, obj=Session({})) as root:
        return [r for p in top.commands["due"].params if _is_common(p) and (r := p.get_help_record(root))]


def _environment() -> list[tuple[str, str]]:
    return [
        ("NETJ_DB", "The journal's file, where --db does not name one."),
        ("NETJ_CONFIG", "The settings file."),
        (clock.PIN, "The day to take as today, as in 2026-11-23."),
        ("NETJ_DEBUG", "1 adds the frames of an internal error, without values."),
        ("NO_COLOR, COLUMNS, TERM", "As everywhere: no colours, and the width to write for."),
        (", ".join(setting.env for setting in config.SETTINGS), "Settings: see `netj config list`."),
    ]


def _exit_codes() -> list[tuple[str, str]]:
    found = {0: "Done.", boundary.BUG: "A bug in netj."}
    for error in vars(errors).values():
        if inspect.isclass(error) and issubclass(error, errors.NetjError) and error is not errors.NetjError:
            found.setdefault(error.code, (inspect.getdoc(error) or "").splitlines()[0])
    found[errors.EXIT_OVERDUE] = "`netj due --check` found somebody overdue."
    found[boundary.INTERRUPTED] = "Interrupted, or the input ended at a question."
    found[boundary.BROKEN_PIPE] = "The reader of a pipe has gone."
    return [(str(code), said) for code, said in sorted(found.items())]


def _paragraphs(text: str) -> Iterator[str]:
    for n, paragraph in enumerate(part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()):
        if n:
            yield ".PP"
        yield _marked(" ".join(paragraph.split()))


def _options(records: Sequence[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in records:
        yield ".TP"
        yield _spelled(name)
        yield _marked(" ".join(meaning.split()) or "-")


def _spelled(option: str) -> str:
    """An option's names in bold, what it takes in italics."""
    parts = re.split(r"((?<![\w-])-{1,2}[a-z][a-z-]*)", option)
    return "".join(f"\\fB{_text(part)}\\fR" if n % 2 else _italic(part) for n, part in enumerate(parts))


def _italic(text: str) -> str:
    """Words in capitals stand for what is typed in their place."""
    return re.sub(r"[A-Z]{2,}", lambda m: f"\\fI{m[0]}\\fR", _text(text))


def _marked(text: str) -> str:
    """Prose: what stands in backticks is bold."""
    parts = re.split(r"`([^`]*)`", text)
    line = "".join(f"\\fB{_text(part)}\\fR" if n % 2 else _text(part) for n, part in enumerate(parts))
    return f"\\&{line}" if line[:1] in (".", "'") else line


def _text(text: str) -> str:
    """Text with nothing in it that the formatter would take for its own, and hyphens that can be copied."""
    plain = text.translate(_PLAIN).replace("\\", "\\e").replace("-", "\\-")
    escaped = "".join(c if c.isascii() else f"\\[u{ord(c):04X}]" for c in plain)
    return escaped.replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="ascii")


if __name__ == "__main__":
    main()
