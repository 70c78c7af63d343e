"""The fixtures of the fault tests (`pytest_plugins = ["warm"]`): the warm parent, and the two waits of real length."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from forked import Ended, Warm
from holding import hold

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def warm_parent() -> Iterator[Warm]:
    """The one warm parent of all tests."""
    parent = Warm({})
    yield parent
    parent.close()


@pytest.fixture
def warm(warm_parent: Warm, environment: dict[str, str]) -> Warm:
    """A function that runs a command line in a forked process, with the same journal as `netj` and `spawn`."""
    warm_parent.environment = environment
    return warm_parent


class Waits(NamedTuple):
    """What becomes of two commands that find their journal held by somebody else, for 3 s and for longer than they wait."""

    short: Future[Ended]
    long: Future[Ended]
    #: The journal of the short one.
    journal: Path


@pytest.fixture(scope="session")
def waits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Waits]:
    """Two `netj log` that wait beside the tests: from the first of this folder on, until the last of the writers looks."""
    folder = tmp_path_factory.mktemp("held")
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "NETJ_DB": str(folder / "long.db"),
        "NETJ_CONFIG": str(folder / "config.toml"),
    }
    program = [sys.executable, "-m", "netjournal"]

    def wait(journal: Path) -> Ended:
        started = time.monotonic()
        done = subprocess.run(
            [*program, "--db", str(journal), "log", "@dana-whitfield"],
            env=environment, capture_output=True, text=True, check=False, timeout=40,
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - started)

    subprocess.run([*program, "contact", "add", "Dana Whitfield"], env=environment, check=True, capture_output=True)
    shutil.copy(folder / "long.db", folder / "short.db")
    with closing(hold(folder / "short.db")) as short, closing(hold(folder / "long.db")), ThreadPoolExecutor(2) as pool:
        found = Waits(
            pool.submit(wait, folder / "short.db"), pool.submit(wait, folder / "long.db"), folder / "short.db"
        )
        release = threading.Timer(3, short.execute, ["COMMIT"])
        release.start()
        yield found
        release.join()
