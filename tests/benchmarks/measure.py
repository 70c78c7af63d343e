"""What one process costs: CPU time and peak memory, as the system counts them."""

from __future__ import annotations

import os
import platform
import pty
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from drawing import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cost(NamedTuple):
    """CPU time (user and system) in milliseconds, the largest resident memory in MiB."""

    cpu_ms: float
    peak_mib: float


def clean_environment(folder: Path, journal: Path) -> dict[str, str]:
    """All that a measured process gets: nothing of the user's, nor what slows an interpreter's start."""
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "NETJ_DB": str(journal),
        "NETJ_CONFIG": str(folder / "none.toml"),
        "NETJ_TODAY": TODAY.isoformat(),
    }


def cost(words: list[str], environment: Mapping[str, str], *, terminal: bool = False, asking: bool = False) -> Cost:
    """Run one process to its end, its answer thrown away; `asking` gives it a terminal to ask and tell on as well.

    Raises RuntimeError if it fails.
    """
    leader, follower = pty.openpty() if terminal or asking else (-1, os.open(os.devnull, os.O_WRONLY))
    nowhere = os.open(os.devnull, os.O_RDWR)
    other = follower if asking else nowhere
    actions = [(os.POSIX_SPAWN_DUP2, other, 0), (os.POSIX_SPAWN_DUP2, follower, 1), (os.POSIX_SPAWN_DUP2, other, 2)]
    pid = os.posix_spawn(words[0], words, environment, file_actions=actions)
    os.close(follower)
    os.close(nowhere)
    if terminal or asking:
        _drain(leader)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise RuntimeError(f"exit {os.waitstatus_to_exitcode(status)}: {' '.join(words)[-200:]}")
    # Linux counts in KiB, macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Cost(1000 * (used.ru_utime + used.ru_stime), used.ru_maxrss / unit)


def _drain(leader: int) -> None:
    try:
        while os.read(leader, 1 << 16):
            pass
    except OSError:  # the other end is closed: how a terminal on Linux says that all is read
        pass
    finally:
        os.close(leader)


def machine() -> str:
    """The machine in one line: no name of a host, no path."""
    model = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            model = next(line.partition(":")[2].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return (
        f"{model} ({platform.machine()}), {os.cpu_count()} cores, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
