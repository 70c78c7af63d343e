"""A journal with something to amend, and what is stored of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hasty import once

if TYPE_CHECKING:
    from conftest import Netj

PEOPLE = ("Dana Whitfield", "Priya Nair", "Sam Lee", "Max Frank", "Ida Berg", "Ola Holm")
COMMANDS = (
    *(["contact", "add", name, "--every", "10d"] for name in PEOPLE),
    ["objective", "add", "Platform role"],
    ["objective", "add", "Speaking"],
    ["log", "2026-11-10: email from Priya about rent", "--they", "call by 2026-12-01"],
    [
        "log", "2026-11-16: coffee with Dana about hiring +speaking #hiring", "-n", "she moves", "--minutes", "30",
        "--gave", "a book", "--got", "advice", "--next", "send the deck by friday",
    ],
)  # fmt: skip
LAST = 2


def stored(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def interaction(netj: Netj, number: int = LAST) -> dict[str, Any]:
    (row,) = netj(f"interaction show {number} -f json").rows
    return row


def due(netj: Netj) -> dict[str, dict[str, Any]]:
    return {r["contact"]: r for r in netj("due --all -f json").rows if r["type"] == "contact"}


def due_days(netj: Netj) -> dict[str, str]:
    return {handle: row["due_on"] for handle, row in due(netj).items()}


def tell(netj: Netj, journal: Path) -> None:
    """Have that journal."""

    def make() -> None:
        for command in COMMANDS:
            assert netj(command).ok

    once(journal, make)
