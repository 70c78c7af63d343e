"""A journal to complete from: one of everything that completes, and a trap wherever text is stored."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sqlite3
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from netjournal.cli.app import run
from netjournal.domain import names

if TYPE_CHECKING:
    from pathlib import Path

#: Names that run something, end something or colour something wherever a program is careless with them.
TRAPS = (
    "$(touch PWNED)",
    "`touch PWNED`",
    ";touch PWNED",
    "\\$(touch PWNED) `touch PWNED`",
    "x'; touch PWNED; '",
    'x"; touch PWNED; "',
    "| touch PWNED",
    "> PWNED",
    "two\tcells $(touch PWNED)",
    "esc \x1b]0;PWNED\x07 \x1b[2J",
    "*",
    "%F{red}%(?.$(touch PWNED).)",
    "-rf --help",
)
#: What a shell may be given: nothing in it can run.
PLAIN = re.compile(r"(?:[@+#]|group:)?[a-z0-9-]+|--[a-z-]+=[a-z0-9-]+")


def fill(path: Path) -> None:
    """Make the journal."""
    lines: list[list[str]] = [
        ["contact", "add", "Dana Whitfield", "--circle", "inner", "--org", "Acme Robotics Inc"],
        ["contact", "add", "Daniel Ito"],
        ["contact", "add", "王芳"],
        ["objective", "add", "Platform role"],
        ["objective", "add", "Speaking"],
        ["objective", "drop", "speaking"],
        ["group", "add", "Tuesday circle", "--with", "dana-whitfield"],
        ["group", "add", "Ämter & Höfe", "--with", "dana-whitfield"],
        ["log", "coffee with @dana-whitfield about hiring #hiring #größe +platform-role", "--next", "send the deck"],
    ]
    pinned = {"NETJ_TODAY": "2026-11-23", "NETJ_CONFIG": str(path.with_name("config.toml")), "NETJ_DB": str(path)}
    with patch.dict(os.environ, pinned), contextlib.redirect_stdout(io.StringIO()):
        assert {" ".join(line): code for line in lines if (code := run(line))} == {}
    connection = sqlite3.connect(path)
    with connection:
        # No command stores all of these: what a shell is given must not rest on that.
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for n, trap in enumerate(TRAPS):
            for table, columns, values in _trapped(n, trap):
                marks = ", ".join("?" * len(values))
                connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    connection.close()


def _trapped(n: int, trap: str) -> list[tuple[str, str, tuple[Any, ...]]]:
    """Rows that hold one trap: as commands store it, and where only a damaged or made-up file has it."""
    good, bad = f"{n:032x}", f"{n:031x}f"
    folded = names.fold(f"g{n} {trap}")
    contact = "uid, handle, name, name_key, added_on, changed_at"
    return [
        ("contact", contact, (good, f"trap-{n}", trap, folded, "2026-11-01", "")),
        ("contact", contact, (bad, trap, f"line\n{trap}", "x", "2026-11-01", "")),
        ("objective", "uid, key, title, opened_on, changed_at", (good, f"trap-{n}", trap, "2026-11-01", "")),
        ("objective", "uid, key, title, opened_on, changed_at", (bad, trap, trap, "2026-11-01", "")),
        ("contact_group", "uid, name, name_key, changed_at", (good, trap, folded, "")),
        ("contact_group", "uid, name, name_key, changed_at", (bad, trap, trap, "")),
        ("organization", "uid, name, name_key, changed_at", (good, trap, folded, "")),
        ("organization", "uid, name, name_key, changed_at", (bad, trap, trap, "")),
        ("circle", "uid, name, name_key, every_days, changed_at", (good, trap, folded, 7, "")),
        ("circle", "uid, name, name_key, every_days, changed_at", (bad, trap, trap, 7, "")),
        ("contact_topic", "contact_id, topic", (1, trap)),
        (
            "interaction",
            "uid, on_day, kind, direction, summary, changed_at",
            (good, "2026-11-01", "call", "in", trap, ""),
        ),
        (
            "followup",
            "uid, text, owner, by_day, opened_on, changed_at",
            (good, trap, "me", "2026-12-01", "2026-11-01", ""),
        ),
    ]
