"""`netj` for scripts under test: a parent that has imported the program forks for each call, and a client hands it over.

A `netj` that starts from nothing takes 70 ms to read and half a second to write, most of it imports. The client gives
its three streams, folder, environment and words to the parent through a socket; the child has them as its own.
"""

from __future__ import annotations

import array
import contextlib
import gc
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

#: Run without `site`, as nothing of it is needed.
CLIENT: Final = """\
import array, json, os, socket, sys
server = socket.socket(socket.AF_UNIX)
server.connect(os.environ["NETJ_WARMED"])
words = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
server.sendmsg(
    [len(words).to_bytes(4, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]).tobytes())]
)
server.sendall(words)
sys.exit(server.recv(1)[0])
"""


class Warmed:
    """The parent, and the socket where it listens."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.address = str(Path(self._folder.name) / "netj")
        self._parent = subprocess.Popen([sys.executable, __file__, self.address], stdout=subprocess.PIPE)
        assert self._parent.stdout is not None
        self._parent.stdout.readline()

    def close(self) -> None:
        """End the parent."""
        self._parent.terminate()
        self._parent.communicate(timeout=10)
        self._folder.cleanup()


def _serve(address: str) -> NoReturn:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(address)
        server.listen(16)
        _warm_up()
        # What the collector does not touch, the children share.
        gc.freeze()
        print(flush=True)
        while True:
            caller, _ = server.accept()
            # A child that forks once more leaves nobody to wait for: callers in a pipe run side by side.
            if os.fork() == 0:
                if os.fork() == 0:
                    server.close()
                    _answer(caller)
                os._exit(0)
            caller.close()
            os.wait()


def _warm_up() -> None:
    from netjournal.cli import tree
    from netjournal.cli.app import run

    for entry in tree.TABLE.values():
        import_module(entry.module)
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:
        os.environ |= {"NETJ_DB": f"{folder}/journal.db", "NETJ_CONFIG": f"{folder}/no-config.toml"}
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            for words in (["contact", "add", "Ana"], ["log", "@ana about hiring"], ["export"], ["due", "-f", "json"]):
                run(words)


def _answer(caller: socket.socket) -> NoReturn:
    room = socket.CMSG_SPACE(3 * array.array("i").itemsize)
    head, ((_, _, handed),), *_ = caller.recvmsg(4, room)
    words, folder, environment = json.loads(_received(caller, int.from_bytes(head, "big")))
    for number, stream in enumerate(array.array("i", handed)):
        os.dup2(stream, number)
        os.close(stream)
    code = 70
    child = os.fork()
    if child == 0:
        caller.close()
        _command(words, folder, environment)
    for number in range(3):
        os.close(number)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    with contextlib.suppress(OSError):
        caller.sendall(bytes([code & 0xFF]))
    os._exit(0)


def _received(caller: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        data += caller.recv(length - len(data))
    return data


def _command(words: list[str], folder: str, environment: dict[str, str]) -> NoReturn:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode, encoding="utf-8") for n, mode in enumerate("rww"))  # noqa: SIM115
    code: Any = 70
    try:
        from netjournal.cli.app import main

        main(words)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 70
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
