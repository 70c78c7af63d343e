"""What every test may lean on: `netj` in this process or a real one, a journal of its own, a pinned day."""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import runpy
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol
from unittest.mock import patch

import pytest

from tries import tries

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MADE = pytest.StashKey[Path]()
#: A Monday.
TODAY = "2026-11-23"


#: Closes the network in every interpreter that has it on its path.
OFFLINE = str(Path(__file__).parent / "offline")


def pytest_configure(config: pytest.Config) -> None:
    """Close the network, here and in what is started; keep journals in memory where the system has a file system there.

    (Thousands of commits wait for a disk.) Compiled modules are kept whatever the environment says, or each of hundreds of
    processes would compile them anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    if OFFLINE not in os.environ.get("PYTHONPATH", "").split(os.pathsep):
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (OFFLINE, os.environ.get("PYTHONPATH"))))
    if "sitecustomize" not in sys.modules or not hasattr(sys.modules["sitecustomize"], "CLOSED"):
        runpy.run_path(f"{OFFLINE}/sitecustomize.py")
    memory = Path("/dev/shm")  # a private folder in it is made
    if config.option.basetemp is None and not hasattr(config, "workerinput") and os.access(memory, os.W_OK):
        made = config.stash[MADE] = memory / f"netjournal-tests-{os.getpid()}"
        # Another user reads and writes in it: the one of tests/faults that owns nothing.
        made.mkdir(mode=0o755)
        (made / "tmp").mkdir()
        (made / "tmp").chmod(0o1777)
        config.option.basetemp, os.environ["TMPDIR"], tempfile.tempdir = made / "tests", str(made / "tmp"), None
    # The process that only hands out tests waits for no import of theirs: nor do those that run them, for it.
    if hasattr(config, "workerinput") or not config.option.numprocesses:
        _try_the_same_examples()
    if getattr(config, "workerinput", {}).get("workerid") == "gw1" and config.args == config.getini("testpaths"):
        config.args = _from_the_end(config)


def _try_the_same_examples() -> None:
    """In the gate, so that a red one is the change's own; `tests/fuzz.py` tries new ones.

    No deadline: a busy machine proves nothing.
    """
    from hypothesis import settings

    settings.register_profile("gate", derandomize=True, database=None, deadline=None, max_examples=tries(100))
    settings.register_profile("fuzz", deadline=None)
    settings.load_profile("fuzz" if "NETJ_FUZZ" in os.environ else "gate")


def _from_the_end(config: pytest.Config) -> list[str]:
    """Every test file, the last one first.

    In a new checkout each process would prepare all files for their assertions; from both ends, each prepares half.
    """
    apart = [name.rstrip("/") for name in config.getini("norecursedirs") if name != ".*"]
    tests = Path(__file__).parent
    files = [path for path in tests.rglob("test_*.py") if not set(apart) & set(path.relative_to(tests).parts)]
    return [str(path) for path in sorted(files, reverse=True)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The same order in every process, whichever end it began at.

    The faults first: what waits beside them (tests/faults/warm.py) is looked at by the same process, for the one that has
    nothing left to do takes tests from the other's end.
    """
    items.sort(key=lambda item: ("faults" not in item.path.parts, item.path))


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


#: Folders of tests that prove how a journal is made and written, and of those that have none.
AS_IT_IS = {"store", "domain", "interchange", "render"}


@pytest.fixture(autouse=True)
def hastened(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Do without what takes long, except where that is what is proved."""
    marks = {mark.name for mark in request.node.iter_markers()}
    if "hastened" in marks or (AS_IT_IS.isdisjoint(request.node.path.parts) and "as_it_is" not in marks):
        import hasty

        yield from hasty.hasten(monkeypatch, shares_files="faults" not in request.node.path.parts)
    else:
        yield


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
def netj(environment: dict[str, str]) -> Iterator[Netj]:
    """A function that runs a command line in this process, with a journal of the test's own."""
    from netjournal.cli.app import run
    from netjournal.cli.context import Session

    before = dict(os.environ)

    def call(
        command: str | Sequence[str] = (),
        *,
        stdin: str = "",
        tty: bool = False,
        env: Mapping[str, str] | None = None,
        backups: bool = False,
    ) -> Result:
        given, out, err = _Stream(stdin, tty=tty), _Stream(tty=tty), _Stream(tty=tty)
        # It stays until the end of the test: to give the variables back after each command takes a tenth of its time.
        _set_variables({**environment, **(env or {})})
        with (
            patch.multiple(sys, stdin=given, stdout=out, stderr=err),
            # The backup of a day costs as much as its first note; tests/store/test_backup.py proves it.
            contextlib.nullcontext() if backups else patch.object(Session, "back_up", lambda *_: None),
        ):
            code = run(_words(command))
        return Result(code, out.text(), err.text())

    yield call
    _set_variables(before)


def _set_variables(wanted: Mapping[str, str]) -> None:
    """Have exactly these variables, and touch only those that differ."""
    there = dict(os.environ)
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


def _words(command: str | Sequence[str]) -> list[str]:
    return shlex.split(command) if isinstance(command, str) else list(command)
