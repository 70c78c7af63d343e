"""The fixtures of the fault tests (`pytest_plugins = ["warm"]`): the warm parent, and the one wait of real length."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from forked import Ended, Warm

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


@pytest.fixture(scope="session")
def long_wait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Future[Ended]]:
    """A `netj log` that finds the journal held for 15 s: started with the first of the tests, it waits beside them."""
    folder = tmp_path_factory.mktemp("held")
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "NETJ_DB": str(folder / "journal.db"),
        "NETJ_CONFIG": str(folder / "config.toml"),
    }
    program = [sys.executable, "-m", "netjournal"]

    def wait() -> Ended:
        started = time.monotonic()
        done = subprocess.run(
            [*program, "log", "dana"], env=environment, capture_output=True, text=True, check=False, timeout=40
        )
        return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - started)

    dana = ["contact", "add", "Dana Whitfield", "--circle", "inner"]
    subprocess.run([*program, *dana], env=environment, check=True, capture_output=True)
    with closing(sqlite3.connect(environment["NETJ_DB"], isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        holder.execute("UPDATE contact SET location = 'elsewhere'")
        with ThreadPoolExecutor(1) as pool:
            yield pool.submit(wait)
