"""`netj demo`: a year of invented people in a file of its own, whatever the day, and a tour of it."""

from __future__ import annotations

import re
import shlex
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netjournal.cli.demo_tour import TOUR
from netjournal.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from terminals import Ask

    from conftest import Netj

pytest_plugins = ["terminals"]


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_it_makes_a_private_file_of_its_own_and_names_six_commands_that_run(
    netj: Netj, temporary: Path, tmp_path: Path
) -> None:
    told = netj("demo -f json")
    (row,) = told.rows
    made = Path(row["path"])
    assert made.parent.parent == temporary
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    for key, listing in (
        ("contact_count", "contact list"),
        ("interaction_count", "interaction list"),
        ("objective_count", "objective list"),
        ("followup_count", "followup list"),
    ):
        assert row[key] == len(netj(f"--db {made} {listing} -f json").rows)
    named = re.findall(r"^  \$ netj (.+)$", told.stderr, re.MULTILINE)
    assert len(named) == len(TOUR) == 6
    for command in named:
        assert shlex.split(command)[:2] == ["--db", str(made)]
        assert netj(command).ok.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["temporary"], "the user's own journal is left alone"


#: A Sunday (weekends are told on the Friday before) and a leap day.
@pytest.mark.parametrize("day", ["2026-11-29", "2028-02-29"])
def test_on_any_day_there_is_something_to_see_in_every_view(netj: Netj, tmp_path: Path, day: str) -> None:
    env = {"NETJ_TODAY": day, "NETJ_DB": str(tmp_path / "demo.db")}
    assert netj(f"--db {env['NETJ_DB']} demo", env=env).ok
    due = netj("due -f json", env=env).rows
    assert {row["type"] for row in due} == {"contact", "followup"}
    assert {row["standing"] for row in due} >= {"due", "overdue"}
    assert any(row["signals"] for row in due)
    promises = netj("followup list -f json", env=env).rows
    assert {(row["owner"], row["days_late"] > 0) for row in promises} == {("me", True), ("me", False), ("them", True)}
    objectives = netj("objective list -f json", env=env).rows
    assert {row["key"]: row["neglected"] for row in objectives} == {
        "conference-talk": True,
        "platform-lead": False,
        "mentor": False,
    }
    assert [row["contact"] for row in netj("due --dormant -f json", env=env).rows] == ["giorgos-papadakis"]
    assert len(netj("plan -f json", env=env).rows) >= 5
    (prep,) = netj("prep priya -f json", env=env).rows
    assert prep["talks"]
    assert prep["followups"]
    assert prep["opportunities"]
    assert len(netj("due --all -f json", env=env).rows) > len(due)
    told = [date.fromisoformat(row["on"]) for row in netj("interaction list -f json", env=env).rows]
    assert {on.weekday() for on in told} == {0, 1, 2, 3, 4}
    assert date.fromisoformat(day) - timedelta(days=6) < max(told) < date.fromisoformat(day)


def test_one_day_tells_one_story(netj: Netj, tmp_path: Path) -> None:
    said = []
    for name in ("a.db", "b.db"):
        netj(f"--db {tmp_path / name} demo").ok  # noqa: B018  # it must succeed
        exported = netj(f"--db {tmp_path / name} export").ok.stdout.splitlines()[1:]  # the first names the journal
        said.append(re.sub(r'"changed_at": "[^"]+"', "", "\n".join(exported)))
    assert said[0] == said[1]
    assert "aoi-tanaka" in said[0]


def test_a_file_that_is_there_is_never_written_to(netj: Netj, tmp_path: Path) -> None:
    own = tmp_path / "own.db"
    own.write_bytes(b"")
    code, out, err = netj(f"--db {own} demo")
    assert (code, out, own.read_bytes()) == (4, "", b"")
    assert "there already" in err


def test_what_fails_leaves_nothing_behind(netj: Netj, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> int:
        raise RuntimeError("a note")

    monkeypatch.setattr(UnitOfWork, "add", fail)
    code, out, err = netj("demo")
    assert (code, out) == (1, "")
    assert "a note" not in err
    assert list(temporary.iterdir()) == []


def test_on_a_terminal_a_key_runs_a_command_or_skips_it_or_ends_the_tour(ask: Ask, tmp_path: Path) -> None:
    tour = ask("demo")
    tour.until("1/6")
    tour.type("\n")
    assert "41 days past due" in tour.until("2/6")
    tour.type("s")
    assert "Priya Nair" not in tour.until("3/6")
    tour.type("x")
    tour.until("Enter, s or q.")
    tour.type("q")
    last = tour.until("undo")
    assert tour.end() == 0
    (path,) = re.findall(r"netj --db (\S+) undo$", last)
    assert Path(path).is_relative_to(tmp_path)
