"""A coach's own clients: what is said with them, and what is said of them when they go."""

from __future__ import annotations

import re
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


def test_what_is_made_for_a_client_is_told_how_many_other_clients_it_names(netj: Netj, tmp_path: Path) -> None:
    def told(part: str) -> str:
        (tmp_path / "ann").unlink(missing_ok=True)
        return netj(f"export --client ann {part} --to {tmp_path / 'ann'}", env={"COLUMNS": "200"}).ok.stderr

    alone = "Your notes and promises are in it: `netj review --client ann` is the page to hand over.\n"
    assert told("") == alone
    assert netj("log '2026-11-09: meeting with ann-client and ben-client about cvs +anns-move'").ok
    shared = alone.replace("in it:", "in it, and 1 other client by name:")
    for part in ("", "--as markdown", "--as vcard", "--type interaction", "--as ics"):
        assert told(part) == shared, part
    # Of what is really in it, and not of all that could be.
    for part in ("--type objective", "--type interaction --until 2026-11-08"):
        assert told(part) == alone, part
    on_screen = netj("export --client ann --as markdown", tty=True, env={"COLUMNS": "200"}).ok
    assert on_screen.stderr == shared
    assert netj("export --client ann").ok.stderr == ""


def test_a_client_who_goes_is_told_of_their_objectives_with_commands_that_work(netj: Netj) -> None:
    assert netj("objective add Second --client ann-client").ok
    assert netj("objective drop second").ok
    archived = netj("contact archive ann-client cy-helper", env={"COLUMNS": "200"}).ok.stderr
    assert (
        archived
        == "ann-client is the client of anns-move, which stays active: `netj objective pause anns-move` rests it.\n"
    )
    for command in ("forget ann-client --yes", "contact delete ann-client", "contact delete ann-client --yes"):
        refused = netj(command, env={"COLUMNS": "300"})
        # Before anything is asked.
        assert refused.code == 4, command
        assert "ann-client is the client of anns-move, second." in refused.stderr
    for command in re.findall(r"`netj (.*?)`", refused.stderr)[:2]:
        assert netj(command).ok
    assert netj("forget ann-client --yes").ok


def test_what_is_pursued_for_somebody_is_not_told_as_what_they_help_with(netj: Netj) -> None:
    assert netj("contact edit ann-client -o bens-move").ok
    shown = netj("prep ann-client", tty=True).ok.stdout
    assert re.findall(r"^(for.*?)  +(\S+)", shown, re.MULTILINE) == [("for them", "anns-move"), ("for", "bens-move")]
    assert rows(netj, "prep ann-client")[0]["pursued"] == ["anns-move"]
    assert rows(netj, "prep cy")[0]["pursued"] == []
    page = netj("review --client cy-helper", tty=True).ok
    assert page.stdout.splitlines()[1:] == ["Nothing is pursued on their behalf."]
    assert "quiet" not in page.stdout
    assert "Cy Helper is no client yet" in page.stderr


def test_promises_that_were_open_before_are_not_told_as_made_now(netj: Netj) -> None:
    assert netj("followup add old -w cy --by 2026-12-01").ok
    card = netj("log 'call cy about a second role +anns-move' --next 'new by 2026-12-02'", tty=True).ok.stdout
    assert re.findall(r"^(\S.*?)  +you, by .*: (\w+) \[", card, re.MULTILINE) == [
        ("promises", "new"),
        ("earlier", "old"),
    ]
    (row,) = rows(netj, "log 'call cy about a third role +anns-move' --next 'third by 2026-12-03'")
    assert [told.split(" ")[3] for told in row["promises"]] == ["old", "new", "third"]
    assert [told.split(" ")[3] for told in row["promised"]] == ["third"]
