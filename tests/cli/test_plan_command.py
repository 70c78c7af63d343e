"""`netj plan` as it is seen: on a terminal of either width, in a pipe, with nothing to plan, with too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from hasty import new_journal
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

WIDE, NARROW = {"COLUMNS": "80"}, {"COLUMNS": "40"}


@pytest.fixture
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


@pytest.mark.usefixtures("told")
def test_a_terminal_shows_it_by_day_with_the_weekday_and_what_each_touch_is_for(netj: Netj) -> None:
    lines = netj("plan", tty=True, env=WIDE).ok.stdout.splitlines()
    rows = netj("plan -f json").rows
    titles = [line for line in lines if line and not line.startswith(" ")]
    assert titles[0] == "Mon 23 Nov 2026"
    assert len(titles) == len({row["day"] for row in rows})
    (dana,) = (line for line in lines if line.startswith("  Dana Whitfield  "))
    assert dana.startswith("  Dana Whitfield  you promised for today: send the deck")
    # Nobody is linked to speaking, and she helped with it before: the reason names it, so that the end need not.
    assert "could help with speaking +platform-role" in " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= 80


@pytest.mark.usefixtures("told")
def test_at_40_columns_the_reason_stands_under_the_name(netj: Netj) -> None:
    lines = netj("plan", tty=True, env=NARROW).ok.stdout.splitlines()
    at = lines.index("  Dana Whitfield")
    assert lines[at + 1].startswith("    you promised for today")
    assert max(map(len, lines)) <= 40
    wide = netj("plan", tty=True, env=WIDE).ok.stdout
    assert " ".join(" ".join(lines).split()) == " ".join(wide.split())


@pytest.mark.usefixtures("told")
def test_machine_formats_hold_the_rows_alone_and_fields_choose_among_them(netj: Netj) -> None:
    for form in ("json", "ndjson", "csv", "tsv", "md"):
        ended = netj(f"plan -f {form}").ok
        assert "Dana Whitfield" in ended.stdout
        assert "Mon 23 Nov" not in ended.stdout
    assert netj("plan").ok.stdout.startswith("day\ttype\tuid\tcontact\tname\twhy\t")
    first = netj("plan --fields day,contact,for_objectives --no-header").ok.stdout.splitlines()[0]
    assert first == "2026-11-23\tdana-whitfield\tplatform-role;speaking"
    assert "day" in netj("plan --fields day,contact", tty=True).ok.stdout.splitlines()[0]


def test_an_empty_plan_says_what_to_do_next(netj: Netj, environment: dict[str, str]) -> None:
    Path(environment["NETJ_DB"]).write_bytes(new_journal())
    ended = netj("plan", tty=True).ok
    assert ended.stdout == ""
    assert "Nothing asks for a touch in these 7 days." in " ".join(ended.stderr.split())
    assert "`netj keep WHO --circle active`" in " ".join(ended.stderr.split())
    for form, nothing in (("json", "[]\n"), ("ndjson", "")):
        ended = netj(f"plan -f {form}").ok
        assert (ended.stdout, ended.stderr) == (nothing, "")


def test_who_finds_no_room_is_counted_and_an_objective_without_any_is_named(netj: Netj) -> None:
    for name in ("Ann", "Bo", "Cy"):
        netj(["contact", "add", name, "--every", "30d"]).ok  # noqa: B018  # it must succeed
    said = netj("plan --days 2 --per-day 1 -f json").ok
    assert len(json.loads(said.stdout)) == 2
    assert (
        "1 more finds no room at 1 a day: `netj due --within 1d` has all, `netj plan --per-day 2` more" in said.stderr
    )
    assert "2 more find no room at 1 a day, what the last eight weeks show" in netj("plan --days 1 -f json").ok.stderr
    netj(["objective", "add", "Lisbon"]).ok  # noqa: B018
    assert "Nobody you could ask is linked to lisbon yet: `netj keep WHO -o lisbon`" in netj("plan -f json").ok.stderr
    netj("contact edit ann -o lisbon").ok  # noqa: B018
    netj(["objective", "add", "Speaking"]).ok  # noqa: B018
    netj("contact edit bo -o speaking").ok  # noqa: B018
    said = netj("plan --days 1 --per-day 1 -f json").ok
    assert "There is no room for speaking today: `netj plan --per-day 2` makes some." in said.stderr
    assert "no room for" not in netj("plan --days 1 --per-day 2 -f json").ok.stderr


def test_too_many_cadences_are_mended_by_the_command_that_is_named(netj: Netj) -> None:
    netj("circle add 'close friends' --every 2d").ok  # noqa: B018
    for name in ("Ann", "Bo", "Cy"):
        netj(["contact", "add", name, "--circle", "close friends"]).ok  # noqa: B018
    said = netj("plan -f json --per-day 1").ok.stderr
    assert "circle close friends 2d → 3d" in said
    netj(said.split("`netj ")[1].split("`")[0]).ok  # noqa: B018
    assert "ask for" not in netj("plan -f json --per-day 1").ok.stderr
    for name in "abcdefghij":
        netj(["contact", "add", f"Own {name}", "--every", "1d"]).ok  # noqa: B018
    said = netj("plan -f json --per-day 6").ok.stderr
    # Eight of them fit into one command; the other change is told as well.
    assert "own-a own-b own-c own-d own-e own-f own-g own-h 1d → 2d: `netj keep own-a" in said
    assert "own-i own-j 1d → 2d" in said
    assert "No few changes mend that" in netj("plan -f json --per-day 1").ok.stderr


@rows(
    ("words", "code"),
    [("--days 0", 2), ("--per-day 0", 2), ("--days x", 2), ("-o nothing", 3), ("--client nobody", 3)],
)
def test_what_cannot_be_planned_is_refused(netj: Netj, words: str, code: int) -> None:
    ended = netj(f"plan {words}")
    assert (ended.code, ended.stdout) == (code, "")
