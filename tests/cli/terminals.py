"""Commands on a terminal of their own (`pytest_plugins = ["terminals"]`): `ask("log")` starts one to be answered."""

from __future__ import annotations

import os
import pty
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

import pytest

from hasty import once
from netjournal.cli.app import main

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conftest import Netj

#: Seconds until a terminal that says nothing more has failed the test.
PATIENCE = 5.0
COMMANDS = (
    ["contact", "add", "Dana Whitfield", "--circle", "inner"],
    ["contact", "add", "Dan Stone", "--every", "30d"],
    ["contact", "add", "Priya Nair", "--circle", "active"],
    ["contact", "add", "Xi Liu"],
    ["contact", "add", "Yann Roy", "--org", "Acme", "--title", "CTO"],
    ["objective", "add", "Platform role"],
    ["objective", "add", "Speaking"],
    ["log", "2026-11-02: coffee with dana-whitfield about rent +speaking", "--next", "send the deck by friday"],
)


class Terminal:
    """A command in a child of this process, on a terminal of its own; nothing here waits for ever."""

    def __init__(self, argv: list[str], environment: Mapping[str, str]) -> None:
        self.shown = ""
        self._read = 0
        self._journal = environment["NETJ_DB"]
        self.child, self.descriptor = pty.fork()
        if not self.child:
            _be(argv, environment)

    def until(self, text: str) -> str:
        """What is shown until a text comes up that was not there before."""
        deadline = time.monotonic() + PATIENCE
        while (at := self.shown.find(text, self._read)) < 0:
            assert self._more(deadline), f"no {text!r} in {self.shown[self._read :]!r}"
        start, self._read = self._read, at + len(text)
        return self.shown[start : self._read]

    def answer(self, question: str, text: str) -> str:
        """Wait for a question and answer it with Enter; gives what was shown before it."""
        before = self.until(question)
        self.type(text + "\n")
        return before

    def type(self, text: str) -> None:
        if "\x03" in text:
            self._settle()
        os.write(self.descriptor, text.encode())

    def end(self) -> int:
        """Wait for the end; gives the exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._more(deadline):
            pass
        while not (waited := os.waitpid(self.child, os.WNOHANG))[0]:
            assert time.monotonic() < deadline, f"still there after {self.shown!r}"
            time.sleep(0.002)
        self.child = 0
        return os.waitstatus_to_exitcode(waited[1])

    def holds_nothing(self) -> bool:
        """Whether, as it waits, somebody else could take the journal for themselves at once: it does not even read."""
        with closing(sqlite3.connect(self._journal, timeout=0, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            other.execute("ROLLBACK")
        return True

    def close(self) -> None:
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        os.close(self.descriptor)

    def _settle(self) -> None:
        """Wait until the command waits: the interpreter misses a signal on the very way into a read."""
        deadline = time.monotonic() + PATIENCE
        stat = Path(f"/proc/{self.child}/stat")
        time.sleep(0.001 if stat.exists() else 0.1)
        while stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "S":
            assert time.monotonic() < deadline, f"never waits after {self.shown!r}"
            time.sleep(0.001)

    def _more(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"silence after {self.shown!r}"
        try:
            piece = os.read(self.descriptor, 1 << 16)
        except OSError:  # how Linux says that nobody holds the other end any more
            return False
        self.shown += piece.decode().replace("\r\n", "\n")
        return bool(piece)


def _be(argv: list[str], environment: Mapping[str, str]) -> NoReturn:
    code = 70
    try:
        os.closerange(3, 256)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115  # open until the end
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(environment)
        main(argv)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 70
    finally:
        sys.stdout.flush()
        os._exit(code)


class Ask(Protocol):
    def __call__(self, *argv: str) -> Terminal: ...


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    """The file of the test's own journal."""
    return Path(environment["NETJ_DB"])


@pytest.fixture
def people(netj: Netj, journal: Path) -> None:
    """Four who are kept in touch with, two of one beginning; two who are not; two objectives; one coffee."""

    def make() -> None:
        for command in COMMANDS:
            assert netj(command).ok
        # Before its question a command may need parts of the program that no other has loaded yet.
        assert netj("contact list -f table", tty=True).ok

    once(journal, make)


@pytest.fixture
def ask(environment: dict[str, str]) -> Iterator[Ask]:
    """A function that starts a command on a terminal."""
    opened: list[Terminal] = []

    def start(*argv: str) -> Terminal:
        opened.append(Terminal(list(argv), {**environment, "TERM": "xterm"}))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()
