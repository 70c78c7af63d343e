"""Bare `netj`: how to begin, and how today stands in five lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Netj


def test_bare_netj_says_how_to_begin_and_then_how_today_stands(netj: Netj) -> None:
    assert netj("").ok.stdout == netj("--db none.db").ok.stdout
    assert netj("").ok.stdout.startswith("Welcome. Three steps")
    netj(["log", "coffee with Dana Whitfield", "--new", "--on", "2 months ago", "--circle", "inner"]).ok  # noqa: B018
    told = netj("").ok.stdout.splitlines()
    assert len(told) == 5
    assert told[0] == "Mon 23 Nov 2026: 1 contact to reach, 1 of them overdue; no promise due"
    assert told[1] == "First: Dana Whitfield, 40 days past due"


def test_a_promise_due_names_the_person_beside_nobody_to_reach(netj: Netj) -> None:
    def lines(day: str, *commands: str) -> list[str]:
        for command in commands:
            assert netj(command).ok
        return netj("", env={"NETJ_TODAY": day}).ok.stdout.splitlines()

    first = lines(
        "2026-11-25",
        "log 'coffee with Dana Whitfield' --new --next 'send the deck by tomorrow'",
        "log 'call Jonas Weber' --new --they 'call back by 2026-12-01'",
        "objective add Lisbon",
    )
    assert first[:4] == [
        "Wed 25 Nov 2026: nobody to reach; 1 promise due",
        "2 contacts have no cadence yet: netj keep says how often to be in touch.",
        "You promised Dana Whitfield, due 1 day ago: send the deck",
        "lisbon is new, with no next step yet: netj objective show lisbon",
    ]
    later = lines("2026-12-23", "keep dana jonas --every 60d", "done 1", "objective add Book --by 2027-01-10")
    assert later[:4] == [
        "Wed 23 Dec 2026: nobody to reach; 1 promise due",
        "No cadence has run out, and no reply is owed.",
        "Jonas Weber promised, due 22 days ago: call back",
        "No touch for book in 30 days (and 1 more): netj objective list",
    ]
