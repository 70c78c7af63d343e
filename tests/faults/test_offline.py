"""P27: the whole suite runs with the network closed, in every process it starts.

That the program has no words for it, tests/test_architecture.py holds.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from rows import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from forked import Warm

pytest_plugins = ["warm"]

ASK: Final = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"
ATTEMPTS: Final[dict[str, Callable[[], object]]] = {
    "a connection": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1),
    "a name": lambda: socket.getaddrinfo("localhost", 80),
    "a datagram": lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM),
}


@rows("attempt", ATTEMPTS)
def test_this_process_reaches_nobody(attempt: str) -> None:
    with pytest.raises(PermissionError, match="no network"):
        ATTEMPTS[attempt]()


def test_a_process_that_is_started_reaches_nobody(environment: dict[str, str]) -> None:
    ended = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "The tests use no network (socket." in ended.stderr


def test_a_process_that_is_forked_reaches_nobody(warm: Warm) -> None:
    ended = warm("due", before=ASK)
    assert (ended.code, ended.stdout) == (70, "")
    assert "The tests use no network (socket." in ended.stderr
