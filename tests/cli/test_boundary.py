"""Every way a command can end: its exit code, and what is said of it."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import typer
from typer._click import exceptions as usage

from netjournal import errors
from netjournal.cli import boundary
from rows import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Netj, Spawn

SECRET = "Dana is leaving Acme"


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


def ended(
    error: BaseException, capsys: pytest.CaptureFixture[str], environ: dict[str, str] | None = None
) -> tuple[int, str]:
    code = boundary.guard(raising(error), environ or {})
    out, err = capsys.readouterr()
    assert out == ""
    return code, err


@rows(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.NotFoundError, 3),
        (errors.ConflictError, 4),
        (errors.JournalError, 5),
        (errors.ConfigError, 6),
        (errors.InputFileError, 7),
        (errors.BusyError, 8),
        (errors.StorageError, 9),
    ],
)
def test_each_failure_has_its_sentence_its_mend_and_its_code(
    kind: type[errors.NetjError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(kind("It did not work.", "Do this."), capsys) == (code, "netj: It did not work.\n  Do this.\n")
    assert ended(kind("It did not work."), capsys) == (code, "netj: It did not work.\n")


def test_an_ambiguous_name_lists_its_candidates_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    error = errors.AmbiguousError("'dana' is several.", ("dana-a", "dana-b"), "Type one of them.")
    assert ended(error, capsys) == (3, "netj: 'dana' is several.\n  dana-a\n  dana-b\n  Type one of them.\n")


def test_nothing_in_a_message_can_move_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = ended(errors.UsageError("No \x1b[2Jsuch\r\u202e name.", "\x1b]0;x\x07"), capsys)
    assert code == 2
    assert not set(said) & set("\x1b\r\x07\u202e")


@rows("error", [KeyboardInterrupt(), EOFError(), typer.Abort()])
def test_an_interruption_is_130_and_a_newline(error: BaseException, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(error, capsys) == (130, "\n")


def test_a_reader_that_has_gone_is_141_in_silence(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(BrokenPipeError(errno.EPIPE, SECRET), capsys) == (141, "")


@rows("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EFBIG])
def test_what_the_machine_refuses_is_9_without_a_file_name(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = ended(OSError(number, SECRET, SECRET), capsys)
    assert code == 9
    assert said.count("\n") == 1
    assert SECRET not in said


@rows("code", [0, 10])
def test_an_exit_that_was_asked_for_is_kept(code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(typer.Exit(code), capsys) == (code, "")
    assert ended(SystemExit(code), capsys) == (code, "")


@rows("error", [TypeError(SECRET), sqlite3.OperationalError(SECRET), OSError(errno.ELOOP, SECRET)])
def test_a_bug_is_one_line_without_values(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = ended(error, capsys)
    assert code == 1
    name = type(error).__name__
    assert said.startswith(f"netj: an internal error ({name} in netjournal.cli.boundary:")
    assert said.endswith("; set NETJ_DEBUG=1 for the frames\n")
    assert said.count("\n") == 1
    assert SECRET not in said


def test_debug_adds_frames_of_the_causes_too_and_still_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    def action() -> int:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise TypeError(SECRET) from error

    assert boundary.guard(action, {"NETJ_DEBUG": "1"}) == 1
    said = capsys.readouterr().err
    assert "  TypeError\n" in said
    assert "  ValueError\n" in said
    assert f"{os.path.basename(__file__)}:" in said
    assert " in action\n" in said
    assert SECRET not in said
    assert "raise" not in said


def test_only_debug_equal_to_1_shows_frames(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(TypeError(SECRET), capsys, {"NETJ_DEBUG": "0"})[1].count("\n") == 1


def test_bytes_that_are_no_utf8_are_a_usage_error_without_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnicodeEncodeError) as caught:
        f"{SECRET}\udce9".encode()
    code, said = ended(caught.value, capsys)
    assert code == 2
    assert SECRET not in said


def test_typers_own_errors_take_the_same_shape(capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(usage.UsageError("Missing command."), capsys) == (2, "netj: Missing command.\n  Try 'netj --help'.\n")
    assert ended(usage.NoSuchOption("--wiht", possibilities=["--with"]), capsys)[0] == 2
    assert ended(usage.FileError("x.csv", "no such file"), capsys)[0] == 7


def test_what_was_printed_before_an_error_is_still_given_out(netj: Netj, monkeypatch: pytest.MonkeyPatch) -> None:
    def version() -> str:
        print("half an answer")
        raise errors.NotFoundError("Nobody.")

    monkeypatch.setattr("netjournal.cli.tree.version", version)
    assert netj("--version") == (3, "half an answer\n", "netj: Nobody.\n")


def test_an_ending_is_the_same_in_a_real_process(spawn: Spawn) -> None:
    code, out, err = spawn("nonsense-command")
    assert (code, out) == (2, "")
    assert err.startswith("netj: No such command 'nonsense-command'.")


needs_shell = pytest.mark.skipif(not os.path.exists("/bin/sh"), reason="needs a POSIX shell")


def shell(script: str, environment: dict[str, str]) -> tuple[int, str]:
    full = script.replace("NETJ", f"'{sys.executable}' -m netjournal")
    done = subprocess.run(
        ["/bin/sh", "-c", full], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    return done.returncode, done.stderr


@needs_shell
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")
def test_a_full_device_is_9_and_one_line(environment: dict[str, str]) -> None:
    assert shell("NETJ --help >/dev/full", environment) == (9, "netj: The disk is full.\n")


@needs_shell
def test_a_closed_pipe_is_141_and_silence(environment: dict[str, str]) -> None:
    # The reader goes first: the writer waits for it before it prints.
    script = "{ sleep 0.3; NETJ --help; echo $? >&2; } | true"
    assert shell(script, environment) == (0, "141\n")


@needs_shell
@pytest.mark.parametrize("closed", [">&-", ">/dev/null 2>&-", "<&- >/dev/null", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["--help", "--db x.db --help"])
def test_a_stream_that_was_never_there_is_no_error(closed: str, command: str, environment: dict[str, str]) -> None:
    assert shell(f"NETJ {command} {closed}", environment) == (0, "")


@needs_shell
def test_an_error_without_a_place_to_say_it_keeps_its_code(environment: dict[str, str]) -> None:
    assert shell("NETJ nonsense 2>&-", environment)[0] == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_a_real_ctrl_c_is_130(environment: dict[str, str]) -> None:
    # Tests that were started in the background ignore it, and so would what they start.
    script = """
import signal, sys, time
from netjournal.cli import app, tree
signal.signal(signal.SIGINT, signal.default_int_handler)
def wait():
    print("ready", flush=True)
    for _ in range(3000):  # a signal on the very way into one long sleep would be missed
        time.sleep(0.01)
tree.version = wait
app.main(["--version"])
"""
    with subprocess.Popen(
        [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"\n")


def main_prints(text: str, environment: dict[str, str], **extra: str) -> subprocess.CompletedProcess[bytes]:
    script = f"""
from netjournal.cli import app, tree
tree.version = lambda: {text!r}
app.main(["--version"])
"""
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-c", script], env={**environment, **extra}, capture_output=True, check=False
    )


def test_an_ascii_stream_never_turns_an_answer_into_an_error(environment: dict[str, str]) -> None:
    done = main_prints("Zoë → \N{SNOWMAN}", environment, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == rb"Zo\xeb \u2192 \u2603" + os.linesep.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file mode")
def test_files_are_made_for_their_owner_only(environment: dict[str, str]) -> None:
    script = """
import os
from netjournal.cli import app, tree
os.umask(0)
tree.version = lambda: oct(os.umask(0))
app.main(["--version"])
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert done.stdout.strip() == b"0o77"
