"""`netj group` and `netj topic`: people met together, and what they know about."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

LATER = {"NETJ_TODAY": "2027-06-01"}


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    # Of the story: a group "Tuesday table" with Dana and Priya.
    story.tell(netj, Path(environment["NETJ_DB"]))


def groups(netj: Netj) -> dict[str, list[str]]:
    rows = netj("group list -f json").rows
    assert all(row["contact_count"] == len(row["contacts"]) for row in rows)
    return {row["group"]: row["contacts"] for row in rows}


def members(netj: Netj, group: str) -> list[str]:
    return sorted(row["contact"] for row in netj(["group", "show", group, "-f", "json"]).rows)


def test_a_group_is_made_changed_and_deleted(netj: Netj) -> None:
    before = netj("export").ok.stdout
    assert netj("group add 'Book club' --with max-frank").ok
    assert groups(netj) == {"Book club": ["max-frank"], "Tuesday table": ["dana-whitfield", "priya-nair"]}
    assert netj("group edit 'book CLUB' --with dana --with max-frank --except max-frank --name 'Film club'").ok
    assert members(netj, "film club") == ["dana-whitfield"]
    assert netj("group delete film-club").ok
    assert list(groups(netj)) == ["Tuesday table"]
    assert netj("contact show dana-whitfield -f json").rows[0]["groups"] == ["Tuesday table"]
    for _ in range(3):
        assert netj("undo").ok
    assert netj("export").ok.stdout == before


@rows(
    ("command", "code"),
    [
        ("group add 'TUESDAY table'", 4),
        ("group add ' '", 2),
        ("group add x --with nobody-here", 3),
        ("group edit nothing --name x", 3),
        ("group edit 'tuesday table' --except max-frank", 2),
        ("group show nothing", 3),
        ("group delete nothing", 3),
        ("log -w group:nothing coffee", 3),
        ("log 'coffee group:nothing about x'", 3),
        ("log 'post: group:tuesday-table'", 2),
        ("log -w 'group:tuesday table' --except max-frank coffee", 2),
        ("due --group nothing", 3),
    ],
)
def test_what_no_group_answers_to_is_refused(netj: Netj, command: str, code: int) -> None:
    before = netj("export").ok.stdout
    ended = netj(command)
    assert (ended.code, ended.stdout) == (code, "")
    assert netj("export").ok.stdout == before


def test_a_group_is_logged_as_one_but_for_those_who_were_away(netj: Netj) -> None:
    (row,) = netj("log -w 'group:Tuesday table' -w max-frank --except priya-nair 'event: review' -f json").rows
    assert sorted(row["contacts"]) == ["dana-whitfield", "max-frank"]
    # Being in a group gives no cadence, and changes nothing later.
    assert netj("contact show max-frank -f json").rows[0]["standing"] == "untracked"
    assert netj("group add empty").ok
    assert netj("log -w group:empty coffee").code == 3


def test_due_is_narrowed_to_a_group(netj: Netj) -> None:
    assert netj("keep max-frank --every 1w").ok
    assert netj("group edit 'tuesday table' --except dana").ok

    def whom(options: str) -> set[str]:
        return {row["contact"] for row in netj(f"due -f json {options}", env=LATER).rows}

    assert {"priya-nair", "max-frank", "dana-whitfield"} <= whom("")
    assert whom("--group 'tuesday table'") == {"priya-nair"}
    assert [r["contact"] for r in netj("next -f json", env=LATER).rows] != []


def test_a_contact_list_is_narrowed_to_a_group(netj: Netj) -> None:
    rows = netj("contact list --group 'tuesday table' -f json").rows
    assert sorted(row["contact"] for row in rows) == members(netj, "tuesday table") == ["dana-whitfield", "priya-nair"]


def topics(netj: Netj) -> dict[str, dict[str, Any]]:
    return {row["topic"]: row for row in netj("topic list -f json").rows}


def test_topics_are_listed_with_who_knows_and_when_they_came_up(netj: Netj) -> None:
    found = topics(netj)
    assert sorted(found) == list(found) == ["hiring", "sre"]
    assert found["sre"] == {
        "topic": "sre", "contact_count": 1, "interaction_count": 1, "objectives": ["platform-role"], "last_on": "2026-11-23",
        "last_contact": None, "last_summary": "On being on call",
    }  # fmt: skip
    assert (found["hiring"]["contact_count"], found["hiring"]["interaction_count"]) == (0, 1)


@pytest.mark.parametrize("typed", ["hiring", "#hiring", "HIRING"])
def test_a_topic_shows_who_it_came_up_with(netj: Netj, typed: str) -> None:
    assert netj("log '2026-11-20: call priya about #hiring plans'").ok
    rows = netj(["topic", "show", typed, "-f", "json"]).rows
    assert [(r["contact"], r["knows"], r["touch_count"], r["last_on"], r["last_kind"]) for r in rows] == [
        ("priya-nair", False, 1, "2026-11-20", "call"),
        ("dana-whitfield", False, 1, "2026-10-01", "coffee"),
    ]


def test_a_topic_shows_who_knows_about_it_and_an_unknown_one_is_said(netj: Netj) -> None:
    (row,) = netj("topic show sre -f json").rows
    assert (row["contact"], row["knows"], row["touch_count"], row["last_on"]) == ("dana-whitfield", True, 0, None)
    assert netj("topic show nothing").code == 3
    assert netj("topic show 'two words'").code == 2


def test_a_group_is_meant_by_the_beginning_of_its_name_where_that_is_one(netj: Netj) -> None:
    assert netj("log 'meeting about x' -w group:tues -f json").rows[0]["contacts"] == ["dana-whitfield", "priya-nair"]
    assert netj("group add 'Tuesday lunch'").ok
    refused = netj("due --group tuesday")
    assert refused.code == 3
    assert "'tuesday' can mean 2 groups." in refused.stderr
    # What several were promised together is with nobody, and its line begins with words.
    assert netj("log 'meeting about y' -w 'group:tuesday table' --next 'send slides by today'").ok
    shown = netj("due", tty=True).ok.stdout
    assert re.search(r"^\(nobody named\) +you promised for today: send slides", shown, re.MULTILINE)
    assert {row["name"] for row in netj("due -f json").rows if "slides" in row["why"]} == {None}
