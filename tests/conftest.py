"""What every test may lean on: `netj` in this process or a real one, a journal of its own, a pinned day."""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import json
import os
import runpy
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from unittest.mock import patch

import pytest
from hypothesis import settings

from netjournal.cli import lazy
from netjournal.cli.app import run
from netjournal.cli.context import Session
from netjournal.cli.tree import TABLE
from netjournal.store.sqlite import opener
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from netjournal.cli.tree import Entry

# The gate tries the same examples each time, so that a red one is the change's own; `tests/fuzz.py` tries new ones.
settings.register_profile("gate", derandomize=True, database=None, max_examples=tries(100))
if "NETJ_FUZZ" not in os.environ:
    settings.load_profile("gate")

MADE = pytest.StashKey[Path]()
#: A Monday.
TODAY = "2026-11-23"


#: Closes the network in every interpreter that has it on its path.
OFFLINE = str(Path(__file__).parent / "offline")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network, here and in what is started; keep journals in memory where the system has a file system there.

    (Thousands of commits wait for a disk.)
    """
    if OFFLINE not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (OFFLINE, os.environ.get("PYTHONPATH"))))
    if "sitecustomize" not in sys.modules or not hasattr(sys.modules["sitecustomize"], "CLOSED"):
        runpy.run_path(f"{OFFLINE}/sitecustomize.py")
    memory = Path("/dev/shm")  # a private folder in it is made
    if config.option.basetemp is None and not hasattr(config, "workerinput") and os.access(memory, os.W_OK):
        config.option.basetemp = config.stash[MADE] = memory / f"netjournal-tests-{os.getpid()}"
    if getattr(config, "workerinput", {}).get("workerid") == "gw1" and config.args == config.getini("testpaths"):
        config.args = _from_the_end(config)


def _from_the_end(config: pytest.Config) -> list[str]:
    """Every test file, the last one first.

    In a new checkout each process would prepare all files for their assertions; from both ends, each prepares half.
    """
    apart = [name.rstrip("/") for name in config.getini("norecursedirs") if name != ".*"]
    tests = Path(__file__).parent
    files = [path for path in tests.rglob("test_*.py") if not set(apart) & set(path.relative_to(tests).parts)]
    return [str(path) for path in sorted(files, reverse=True)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every process, whichever end it began at."""
    items.sort(key=lambda item: item.path)


def pytest_collection_finish() -> None:
    """Have the collector look no more at what was collected: it lives as long as the process."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind in memory."""
    if MADE in config.stash:
        shutil.rmtree(config.stash[MADE], ignore_errors=True)


class Result(NamedTuple):
    """How a command ended and what it said."""

    code: int
    stdout: str
    stderr: str

    @property
    def ok(self) -> Result:
        """This result, which must be a success."""
        assert self.code == 0, f"exit {self.code}: {self.stderr}"
        return self

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of an answer in JSON."""
        rows: list[dict[str, Any]] = json.loads(self.ok.stdout)
        return rows


class Netj(Protocol):
    """`netj("due --format json")` in this process; a list of words is taken as it stands."""

    def __call__(
        self,
        command: str | Sequence[str] = (),
        *,
        stdin: str = "",
        tty: bool = False,
        env: Mapping[str, str] | None = None,
        backups: bool = False,
    ) -> Result: ...


class Spawn(Protocol):
    """The same in a process of its own."""

    def __call__(
        self, command: str | Sequence[str] = (), *, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> Result: ...


class _Stream(io.TextIOWrapper):
    """A stream in memory that says whether it is a terminal."""

    def __init__(self, text: str = "", *, tty: bool = False) -> None:
        super().__init__(io.BytesIO(text.encode()), encoding="utf-8", errors="backslashreplace", newline="")
        self.tty = tty

    def isatty(self) -> bool:
        return self.tty

    def text(self) -> str:
        self.flush()
        self.seek(0)
        return self.read()


@functools.cache
def _new_journal() -> bytes:
    """A journal as the program makes it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        opener.open_for_writing(path).close()
        return path.read_bytes()


@functools.cache
def _no_journal(make: Callable[[], sqlite3.Connection] = opener.empty_in_memory) -> bytes:
    """What a missing journal reads as, as the program makes it."""
    with contextlib.closing(make()) as connection:
        return connection.serialize()


@pytest.fixture(autouse=True)
def ready_made(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make journals of this process from one that was made once: a hundred tables take longer than most tests.

    Not where the making itself is proved: tests/store, and all that runs in a process of its own.
    """
    if "store" in request.node.path.parts:
        return
    content, make = _new_journal(), opener._make_file

    def empty() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(_no_journal())
        return connection

    def made(path: Path) -> None:
        there = path.exists()
        make(path)
        if not there:
            path.write_bytes(content)

    monkeypatch.setattr(opener, "_make_file", made)
    monkeypatch.setattr(opener, "empty_in_memory", empty)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The whole environment of a command: nothing of this machine's user is in it."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TMPDIR", "PYTHONPATH") if name in os.environ}
    return {
        **kept,
        "HOME": str(tmp_path),
        "NETJ_DB": str(tmp_path / "journal.db"),
        "NETJ_CONFIG": str(tmp_path / "config.toml"),
        "NETJ_TODAY": TODAY,
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "PYTHONUTF8": "1",
    }


@pytest.fixture
def netj(environment: dict[str, str]) -> Netj:
    """A function that runs a command line in this process, with a journal of the test's own."""

    def call(
        command: str | Sequence[str] = (),
        *,
        stdin: str = "",
        tty: bool = False,
        env: Mapping[str, str] | None = None,
        backups: bool = False,
    ) -> Result:
        given, out, err = _Stream(stdin, tty=tty), _Stream(tty=tty), _Stream(tty=tty)
        with (
            _in_environment({**environment, **(env or {})}),
            patch.multiple(sys, stdin=given, stdout=out, stderr=err),
            patch.object(lazy, "group", _grouped),
            # The backup of a day costs as much as its first note; tests/store/test_backup.py proves it.
            contextlib.nullcontext() if backups else patch.object(Session, "back_up", lambda *_: None),
        ):
            code = run(_words(command))
        return Result(code, out.text(), err.text())

    return call


@contextlib.contextmanager
def _in_environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have exactly these variables. (`patch.dict` sets all of them anew, twice: a tenth of a reading command.)"""
    before = dict(os.environ)
    _set_variables(before, wanted)
    try:
        yield
    finally:
        _set_variables(dict(os.environ), before)


def _set_variables(there: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    for name in there.keys() - wanted.keys():
        del os.environ[name]
    for name, value in wanted.items():
        if there.get(name) != value:
            os.environ[name] = value


@pytest.fixture
def spawn(environment: dict[str, str]) -> Spawn:
    """A function that runs a command line in a real process, with the same journal as `netj`."""

    def call(command: str | Sequence[str] = (), *, stdin: str = "", env: Mapping[str, str] | None = None) -> Result:
        ended = subprocess.run(
            [sys.executable, "-m", "netjournal", *_words(command)],
            input=stdin.encode(),
            capture_output=True,
            env={**environment, **(env or {})},
            check=False,
            timeout=60,
        )
        return Result(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return call


_GROUPS: dict[int, Any] = {}


def _grouped(table: Mapping[str, Entry], make: Callable[..., Any] = lazy.group) -> Any:
    """The command tree, built once: a process builds one, but a suite would build thousands."""
    if table is not TABLE:
        return make(table)
    if not _GROUPS:
        _GROUPS[0] = make(table)
    return _GROUPS[0]


def _words(command: str | Sequence[str]) -> list[str]:
    return shlex.split(command) if isinstance(command, str) else list(command)
