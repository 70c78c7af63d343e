"""`netj org`: who works and worked there, other names, and one made of two."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    # Of the story: Dana (tracked) and Lena (imported) at Acme, Max at Globex.
    story.tell(netj, Path(environment["NETJ_DB"]))


def shown(netj: Netj, name: str) -> dict[str, Any]:
    (row,) = netj(["org", "show", name, "-f", "json"]).rows
    return row


def names(netj: Netj) -> list[str]:
    return [row["organization"] for row in netj("org list -f json").rows]


def test_the_list_counts_people_and_touches(netj: Netj) -> None:
    rows = {row["organization"]: row for row in netj("org list -f json").rows}
    acme, globex = rows["Acme"], rows["Globex"]
    assert (acme["contact_count"], acme["former_count"], acme["touch_count"], acme["last_on"]) == (
        2,
        0,
        3,
        "2026-11-12",
    )
    assert (globex["contact_count"], globex["touch_count"], globex["last_on"]) == (1, 0, None)


@rows("typed", ["Acme Inc.", "acme", "ACME", "Acme Ltd", "ácme"])
def test_a_name_is_found_however_it_is_written(netj: Netj, typed: str) -> None:
    assert sorted(shown(netj, typed)["contacts"]) == ["dana-whitfield", "lena-ortiz"]


def test_whoever_left_is_former(netj: Netj) -> None:
    assert netj("contact edit lena-ortiz --org Globex").ok
    acme = shown(netj, "acme")
    assert (acme["contacts"], acme["former"], acme["contact_count"], acme["former_count"]) == (
        ["dana-whitfield"], ["lena-ortiz"], 1, 1,
    )  # fmt: skip
    assert sorted(shown(netj, "globex")["contacts"]) == ["lena-ortiz", "max-frank"]
    assert netj("org show nowhere").code == 3


def test_a_renamed_one_still_answers_to_the_old_name(netj: Netj) -> None:
    before = netj("export").ok.stdout
    assert netj("org rename acme 'Umbrella'").ok
    assert shown(netj, "acme")["aliases"] == ["Acme"]
    assert netj("contact list --org acme -f json").rows == netj("contact list --org umbrella -f json").rows != []
    # The next import still says Acme, and makes no second one.
    assert netj("import linkedin -", stdin=story.CONNECTIONS).ok
    assert names(netj) == ["Globex", "Umbrella"]
    assert netj("contact add 'New One' --org 'ACME, Inc'").ok
    assert netj("contact show new-one -f json").rows[0]["organization"] == "Umbrella"
    assert netj("undo").ok
    assert netj("org rename umbrella globex").code == 4
    assert netj("org rename umbrella ' '").code == 2
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_two_become_one_with_the_names_of_both(netj: Netj) -> None:
    before = netj("export").ok.stdout
    assert netj("org merge globex acme").ok
    assert names(netj) == ["Globex"]
    assert shown(netj, "acme")["organization"] == "Globex"
    assert sorted(shown(netj, "globex")["contacts"]) == ["dana-whitfield", "lena-ortiz", "max-frank"]
    assert netj("objective show platform-role -f json").rows[0]["organizations"] == ["Globex"]
    assert netj("import linkedin -", stdin=story.CONNECTIONS).ok
    assert names(netj) == ["Globex"]
    assert netj("org merge globex acme").code == 2
    assert netj("org merge globex nowhere").code == 3
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_whoever_worked_at_both_by_one_title_is_there_once(netj: Netj) -> None:
    assert netj("contact edit max-frank --org Acme --title engineer").ok
    assert netj("contact edit max-frank --org Globex --title Engineer").ok
    assert netj("contact merge max-frank lena-ortiz").ok
    assert netj("contact edit max-frank --org Acme --title VP").ok
    before = netj("export").ok.stdout
    assert netj("org merge globex acme").ok
    works = netj("contact show max-frank -f json").rows[0]["affiliations"]
    assert len(works) == len({str(work).casefold() for work in works})
    assert shown(netj, "globex")["contacts"] == ["dana-whitfield", "max-frank"]
    assert shown(netj, "globex")["former"] == []
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_a_chance_at_the_other_is_one_at_the_kept(netj: Netj) -> None:
    assert netj("log 'call dana about a role' --opportunity 'Staff role'").ok
    assert '"organization": "Acme"' in netj("export --type opportunity").ok.stdout
    assert netj("org merge globex acme").ok
    assert '"organization": "Globex"' in netj("export --type opportunity").ok.stdout
