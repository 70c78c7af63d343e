"""The one error boundary: every way that a command can end becomes an exit code and at most a few lines."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING, Final, NamedTuple, TextIO

from netjournal.errors import AmbiguousError, InputFileError, NetjError, StorageError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from typer._click.core import Command
    from typer._click.exceptions import ClickException

BUG: Final = 1
INTERRUPTED: Final = 130
BROKEN_PIPE: Final = 141

#: What the machine refused, in words; all of these are exit code 9.
_REFUSED: Final = {
    errno.ENOSPC: "The disk is full.",
    errno.EDQUOT: "The disk quota is used up.",
    errno.EFBIG: "The file would be larger than is allowed here.",
    errno.EACCES: "Permission to read or write a file is missing.",
    errno.EPERM: "Permission to read or write a file is missing.",
    errno.EROFS: "The file system is read-only.",
    errno.EIO: "The disk could not be read or written.",
}


class Outcome(NamedTuple):
    """How a command ended: its exit code and what stderr says."""

    code: int
    lines: list[str]


def guard(action: Callable[[], int], environ: Mapping[str, str] = os.environ) -> int:
    """Run an action and give its exit code, whatever it raises; stdout is flushed before it counts as done."""
    try:
        code = action()
        sys.stdout.flush()
    except BaseException as error:  # noqa: BLE001  # this is the boundary: nothing passes it
        outcome = explain(error, debug=environ.get("NETJ_DEBUG") == "1")
        _finish_stdout()
        _say(outcome.lines)
        return outcome.code
    return code


def explain(error: BaseException, *, debug: bool = False) -> Outcome:
    """The exit code and the lines for an error: its sentence and mend if it has them, else no values at all."""
    if isinstance(error, NetjError):
        return Outcome(error.code, _netj_lines(error))
    if isinstance(error, KeyboardInterrupt | EOFError):
        return Outcome(INTERRUPTED, [""])
    if isinstance(error, SystemExit):
        return Outcome(error.code if isinstance(error.code, int) else int(error.code is not None), [])
    if isinstance(error, OSError):
        if error.errno == errno.EPIPE:
            return Outcome(BROKEN_PIPE, [])
        if error.errno in _REFUSED:
            frames = _frames(error) if debug else []
            return Outcome(StorageError.code, [f"netj: {_REFUSED[error.errno]}", *frames])
    if isinstance(error, UnicodeEncodeError) and error.reason == "surrogates not allowed":
        # Bytes in an argument that are no UTF-8 arrive as lone surrogates, which nothing can store.
        return Outcome(UsageError.code, ["netj: What was typed or read is not valid UTF-8 text."])
    return _typer_outcome(error) or Outcome(BUG, _bug_lines(error, debug=debug))


def _netj_lines(error: NetjError) -> list[str]:
    lines = [f"netj: {error.sentence}"]
    if isinstance(error, AmbiguousError):
        lines += [f"  {candidate}" for candidate in error.candidates]
    lines += [f"  {told}" for told in error.each]
    if error.hint:
        lines.append(f"  {error.hint}")
    return lines


def _typer_outcome(error: BaseException) -> Outcome | None:
    """How an exception of Typer's own ends, or None for any other exception."""
    if "typer" not in sys.modules:
        return None
    from typer import Abort, Exit
    from typer._click.exceptions import ClickException, FileError, NoArgsIsHelpError

    if isinstance(error, Exit):
        return Outcome(error.exit_code, [])
    if isinstance(error, Abort):
        return Outcome(INTERRUPTED, [""])
    if isinstance(error, NoArgsIsHelpError):
        return Outcome(UsageError.code, error.message.splitlines())
    if isinstance(error, FileError):
        return Outcome(InputFileError.code, [f"netj: {error.format_message()}"])
    if isinstance(error, ClickException):
        return Outcome(UsageError.code, _usage_lines(error))
    return None


def _usage_lines(error: ClickException) -> list[str]:
    import re

    from typer._click import exceptions

    from netjournal.cli import meant

    sentence = error.format_message()
    hint = "Try 'netj --help'."
    if isinstance(error, exceptions.UsageError) and error.ctx is not None:
        hint = f"Try '{error.ctx.command_path} --help'."
        verbs: Mapping[str, Command] = getattr(error.ctx.command, "commands", {})
        if isinstance(error, exceptions.MissingParameter):
            hint = " ".join(filter(None, (getattr(error.param, "help", None), meant.example(error.ctx.command), hint)))
        if verbs and sentence.startswith("No such command '"):
            sentence = meant.no_such_verb(sentence.split("'")[1], error.ctx.command, sentence)
        if verbs and sentence.endswith("."):
            hint = f"One of: {', '.join(verbs)}. {hint}"
        if sentence.startswith(meant.TOO_MANY):
            hint = meant.too_many_words(error.ctx.command, sentence, hint)
            sentence = f"Too many words: {meant.left_over(sentence)}."
        elif isinstance(error, exceptions.NoSuchOption):
            sentence = error.message
            if error.option_name == "--db":
                hint = "It comes before the command: `netj --db FILE COMMAND`."
            elif option := meant.option_meant(error.option_name, error.ctx.command):
                sentence += f". Did you mean {option}?"
            elif error.ctx.parent is None:
                hint = f"Options of a command come after it: `netj COMMAND {error.option_name}`."
    sentence = " ".join(sentence.split())
    for of_programmers in ("a valid int range", "a valid int"):
        sentence = sentence.replace(of_programmers, "a whole number")
    sentence = re.sub(r" is not in the range x>=(-?[0-9]+)", r" is less than \1", sentence)
    sentence = re.sub(r" is not in the range (-?[0-9]+)<=x<=(-?[0-9]+)", r" is not between \1 and \2", sentence)
    return [f"netj: {sentence}{'' if sentence.endswith(('.', '?')) else '.'}", f"  {hint}"]


def _bug_lines(error: BaseException, *, debug: bool) -> list[str]:
    """One line without values: an exception's own message may hold a note."""
    places = [f"{module}:{line}" for module, line, _, _ in _steps(error.__traceback__) if _is_ours(module)]
    where = f" in {places[-1]}" if places else ""
    told = f"netj: an internal error ({type(error).__name__}{where})"
    return [told, *_frames(error)] if debug else [f"{told}; set NETJ_DEBUG=1 for the frames"]


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] == "netjournal"


def _frames(error: BaseException) -> list[str]:
    """File, line and function of every frame, of the causes too: no source, no locals, no messages."""
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(f"  {type(current).__name__}")
        lines += [f"    {file}:{line} in {function}" for _, line, file, function in _steps(current.__traceback__)]
        current = current.__cause__ or current.__context__
    return lines


def _steps(traceback: TracebackType | None) -> Iterator[tuple[str, int, str, str]]:
    while traceback is not None:
        frame = traceback.tb_frame
        module = str(frame.f_globals.get("__name__", "?"))
        yield module, traceback.tb_lineno, frame.f_code.co_filename, frame.f_code.co_name
        traceback = traceback.tb_next


def _finish_stdout() -> None:
    """Give out what an answer holds so far, or, where stdout takes no more, let the rest fall silently."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        _silence(sys.stdout)


def _silence(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: the interpreter tries again at exit, and complains."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def _say(lines: list[str]) -> None:
    from netjournal.render.plain import sanitise

    try:
        text = "".join([f"{sanitise(line)}\n" for line in lines])
        if sys.stderr.isatty():
            from netjournal.cli.stderr import wrapped_lines

            text = wrapped_lines(text)
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        _silence(sys.stderr)
