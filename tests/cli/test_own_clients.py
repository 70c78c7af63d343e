"""A coach's own clients: what is said with them, and what is said of them when they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hasty import once

if TYPE_CHECKING:
    from conftest import Netj

COMMANDS = (
    "contact add 'Ann Client' --every 2w -t data",
    "contact add 'Ben Client' --every 2w",
    "objective add 'Anns move' --client ann-client -t data",
    "objective add 'Bens move' --client ben-client",
    "contact add 'Cy Helper' --every 1w -o anns-move",
    "log '2026-11-01: coffee with cy about a role +anns-move'",
)


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    def tell() -> None:
        for command in COMMANDS:
            assert netj(command).ok, command

    once(Path(environment["NETJ_DB"]), tell)


def rows(netj: Netj, command: str) -> list[dict[str, Any]]:
    return netj(f"{command} -f json").rows


def test_what_is_said_with_a_client_is_in_their_own_matter_and_they_are_nobodys_helper_with_it(netj: Netj) -> None:
    for command in (
        "log 'meeting with ann-client about her cv' --next 'read the cv by today' --they 'THEIRS by today'",
        "log 'meeting with ann-client and ben-client about both' --they 'BOTH @ben-client by today'",
        "log 'meeting with ben-client about the weather +none'",
    ):
        assert netj(command).ok, command

    def texts(client: str) -> set[str]:
        return {row["text"] for row in rows(netj, f"followup list --client {client}")}

    assert [row["implied"] for row in rows(netj, "timeline ann-client")] == [None, "anns-move"]
    assert [row["summary"] for row in rows(netj, "timeline ann-client --client ann")] == ["her cv"]
    assert rows(netj, "timeline ben-client --client ben") == []
    # A promise with a client is on their list, though two in one meeting imply neither's objective.
    assert {"read the cv", "THEIRS"} <= texts("ann")
    assert "BOTH" not in texts("ann")
    assert "BOTH" in texts("ben")
    # Touched for it, and no helper: not counted, not thanked, not asked.
    assert rows(netj, "contact show ann-client")[0]["objectives"] == ["anns-move"]
    (before,) = rows(netj, "objective show anns-move")
    assert before["contacts"] == ["cy-helper"]
    for command in ("plan --days 14", "plan --days 14 --client ann", "due --dormant --client ann"):
        helping = {row["contact"] for row in rows(netj, command) if "could help with anns-move" in row["why"]}
        assert "ann-client" not in helping, command
    assert "Who helped: Cy Helper." in netj("objective achieve anns-move --thank", tty=True).ok.stderr
