"""Many real processes, cheaply: a warm parent imports the program and the ORM once and forks for each command.

A command that starts from nothing takes a third of a second, most of it imports; a forked one some 15 ms. The parent is a
process of its own, not the test runner: it has no threads, and what a child breaks dies with the child.
"""

from __future__ import annotations

import gc
import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Ended(NamedTuple):
    """How a command ended, what it said (a terminal holds both streams in `stdout`), and how long it took.

    `used` is seconds of CPU and `memory` the most bytes it held, with those that it shares with its parent.
    """

    code: int
    stdout: str
    stderr: str
    seconds: float
    used: float = 0.0
    memory: int = 0

    @property
    def ok(self) -> Ended:
        """This ending, which must be a success."""
        assert self.code == 0, f"exit {self.code}: {self.stderr}"
        return self

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of an answer in JSON."""
        rows: list[dict[str, Any]] = json.loads(self.ok.stdout)
        return rows


State = dict[str, tuple[bytes, int]]


def state(folder: str | Path) -> State:
    """Every file below a folder with its bytes and its mode."""
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mode & 0o777) for file in files}


class Warm:
    """The warm parent; `before` is Python that the child runs before its command (a limit, a user, a fault)."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self._parent = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if k in ("PATH", "TMPDIR", "PYTHONPATH")} | {"PYTHONUTF8": "1"},
            text=True,
        )

    def __call__(
        self,
        command: str | Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        before: str = "",
        terminal: bool = False,
    ) -> Ended:
        """Run one command."""
        return self.lanes([[command]], env=env, before=before, terminal=terminal)[0][0]

    def lanes(
        self,
        lanes: Sequence[Sequence[str | Sequence[str]]],
        *,
        env: Mapping[str, str] | None = None,
        before: str = "",
        terminal: bool = False,
        kills: Sequence[Sequence[float | None]] = (),
    ) -> list[list[Ended]]:
        """Run each lane's commands one after another, and all lanes at once.

        `kills` says after how many seconds each of them gets SIGKILL, None for those that live.
        """
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        words = [[shlex.split(c) if isinstance(c, str) else list(c) for c in lane] for lane in lanes]
        wanted = {
            "lanes": words,
            "env": {**self.environment, **(env or {})},
            "before": before,
            "terminal": terminal,
            "kills": [list(lane) for lane in kills] or [[None] * len(lane) for lane in words],
        }
        self._parent.stdin.write(json.dumps(wanted) + "\n")
        self._parent.stdin.flush()
        return [[Ended(*one) for one in lane] for lane in json.loads(self._parent.stdout.readline())]

    def close(self) -> None:
        """End the parent."""
        self._parent.communicate(timeout=10)


def _serve() -> None:
    _warm_up()
    # What the collector does not touch, the children share.
    gc.freeze()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_answer(json.loads(line))) + "\n")
        sys.stdout.flush()


def _warm_up() -> None:
    """Import every command, and have the ORM find out once what each process would find out again."""
    from importlib import import_module

    from netjournal.cli import lazy, tree
    from netjournal.cli.app import run

    tree_of_commands = lazy.group(tree.TABLE)
    for name in tree.TABLE:
        tree_of_commands.commands[name]
    make = lazy.group
    lazy.group = lambda table: tree_of_commands if table is tree.TABLE else make(table)
    for entry in tree.TABLE.values():
        import_module(entry.module)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        os.environ |= {"NETJ_DB": f"{folder}/journal.db", "NETJ_CONFIG": f"{folder}/no-config.toml"}
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            for line in (
                "contact add Ana",
                "contact list -f table",
                "log @ana about hiring",
                "due -f csv",
                "undo -f md",
            ):
                run(shlex.split(line))


def _answer(wanted: dict[str, Any]) -> list[Any]:
    if len(wanted["lanes"]) == 1:
        return [_told(wanted["lanes"][0], wanted["kills"][0], wanted)]
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / str(n) for n in range(len(wanted["lanes"]))]
        children = [
            _fork(partial(_lane, place, lane, kills, wanted))
            for place, lane, kills in zip(places, wanted["lanes"], wanted["kills"], strict=True)
        ]
        for child in children:
            os.waitpid(child, 0)
        return [json.loads(place.read_text()) for place in places]


def _fork(action: Any) -> int:
    child = os.fork()
    if child:
        return child
    try:
        action()
    finally:
        os._exit(70)


def _lane(place: Path, lane: list[list[str]], kills: list[float | None], wanted: dict[str, Any]) -> NoReturn:
    """Run one lane's commands, and leave what came of them in a file."""
    place.write_text(json.dumps(_told(lane, kills, wanted)))
    os._exit(0)


def _told(lane: list[list[str]], kills: list[float | None], wanted: dict[str, Any]) -> list[list[Any]]:
    return [_one(argv, seconds, wanted) for argv, seconds in zip(lane, kills, strict=True)]


def _one(argv: list[str], kill_after: float | None, wanted: dict[str, Any]) -> list[Any]:
    master, slave = os.openpty() if wanted["terminal"] else (-1, -1)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        streams = (slave, slave) if wanted["terminal"] else (out.fileno(), err.fileno())
        started = time.monotonic()
        child = _fork(lambda: _command(argv, wanted, *streams))
        if kill_after is not None:
            time.sleep(kill_after)
            # Nobody has waited for it yet: the number is still its own, also where it has ended.
            os.kill(child, signal.SIGKILL)
        shown = _drained(master, slave) if wanted["terminal"] else b""
        _, status, used = os.wait4(child, 0)
        seconds = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        texts = [data.decode(errors="surrogateescape") for data in (shown or out.read(), err.read())]
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return [os.waitstatus_to_exitcode(status), *texts, seconds, used.ru_utime + used.ru_stime, memory]


def _drained(master: int, slave: int) -> bytes:
    """All that a terminal was sent, until the last process that had it is gone."""
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 1 << 16)
        except OSError:  # how Linux says that nobody holds the other end any more
            piece = b""
        if not piece:
            os.close(master)
            return shown
        shown += piece


def _command(argv: list[str], wanted: dict[str, Any], out: int, err: int) -> NoReturn:
    nowhere = os.open(os.devnull, os.O_RDONLY)
    for number, stream in enumerate((nowhere, out, err)):
        os.dup2(stream, number)
    os.closerange(3, 256)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115  # open until the end
    os.environ.clear()
    os.environ.update(wanted["env"])
    time.tzset()
    code = 70
    try:
        exec(wanted["before"], {})
        from netjournal.cli.app import main

        main(argv)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 70
    except BaseException as error:  # noqa: BLE001  # whatever passes the program's own boundary is told
        sys.stderr.write(f"passed the boundary: {error!r}")
    for output in (sys.stdout, sys.stderr):
        try:
            output.flush()
        except OSError:
            code = 120
    os._exit(code)


if __name__ == "__main__":
    _serve()
