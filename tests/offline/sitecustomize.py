"""Closes every socket but those between processes of this machine: first on the path of whatever the tests start.

An audit hook sees what the interpreter itself is about to do, also where a module has kept a name of its own for it, and
nothing can take it away again.
"""

from __future__ import annotations

import sys
from typing import Any

#: Asks another machine, or makes what can.
_ASKING = frozenset(
    ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo", "socket.sendto")
)


def _closed(event: str, given: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in _ASKING or (event == "socket.__new__" and _leaves_the_machine(given[1])):
        raise PermissionError(f"The tests use no network ({event}).")


def _leaves_the_machine(family: int) -> bool:
    import socket

    return family != getattr(socket, "AF_UNIX", None)


sys.addaudithook(_closed)
#: Says that it is this one that was loaded.
CLOSED = True
