"""What tests of `import` ask again and again: a receipt whose counts fit, everything that is stored, one contact."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Netj

FIXTURES = Path(__file__).parent.parent / "interchange" / "fixtures"
ME = ("--me", "nora.keeper@example.com", "--me", "https://www.linkedin.com/in/nora-keeper")
COUNTS = ("created", "updated", "unchanged", "skipped")


def brought(netj: Netj, words: str | Sequence[str], *, stdin: str = "") -> dict[str, Any]:
    """The receipt of `import WORDS`, with its four counts together."""
    told = shlex.split(words) if isinstance(words, str) else list(words)
    (receipt,) = netj(["import", *told, "-f", "json"], stdin=stdin).rows
    counts = tuple(receipt[key] for key in COUNTS)
    assert receipt["read"] == sum(counts), receipt
    return {**receipt, "counts": counts}


def exported(netj: Netj) -> str:
    """Everything that is stored."""
    return netj("export").ok.stdout


def contact(netj: Netj, who: str) -> dict[str, Any]:
    """All that is told of one contact."""
    (row,) = netj(["contact", "show", who, "-f", "json"]).rows
    return row


def handles(netj: Netj) -> list[str]:
    """Every contact's handle."""
    return [row["contact"] for row in netj("contact list -f json").rows]


def interactions(netj: Netj) -> list[dict[str, Any]]:
    """The records of all interactions, newest first."""
    lines = netj("export --type interaction").ok.stdout.splitlines()
    return sorted(map(json.loads, lines[1:]), key=lambda row: (row["on"], row["summary"] or ""), reverse=True)


def timeline(netj: Netj) -> list[tuple[str, str, str | None, str]]:
    """Day, kind, summary and people of each interaction, newest first."""
    return [(row["on"], row["kind"], row["summary"], ",".join(row["contacts"])) for row in interactions(netj)]
