"""Signals: birthdays and new jobs are reasons to write, until the next touch or for 30 days; and drifting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from scene import TODAY, Scene, day

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    return Scene(netj, environment)


def new_job(scene: Scene, contact_id: int, ago: int) -> None:
    with scene.writing() as uow:
        uow.add_record(
            "signal", contact_id=contact_id, kind="job", text="new role: CTO", on_day=day(ago), source="linkedin"
        )


def test_a_birthday_is_a_signal_for_thirty_days(scene: Scene) -> None:
    birthdays = {
        "23 Nov": ["birthday today"],
        "1988-11-23": ["birthday today"],
        "22 Nov": ["birthday on Sun 22 Nov"],
        "24 Oct": ["birthday on Sat 24 Oct"],
        "23 Oct": [],
        "24 Nov": [],
        "23 Dec": [],
    }
    for birthday in birthdays:
        scene.add(f"Born {birthday}", every="1y", birthday=birthday)
    assert {r["name"].removeprefix("Born "): r["signals"] for r in scene.due("--all")} == birthdays
    told = {name: signals for name, signals in birthdays.items() if signals}
    assert {r["name"].removeprefix("Born "): r["signals"] for r in scene.due("--signals")} == told


def test_a_birthday_on_a_leap_day_comes_every_year_once(scene: Scene) -> None:
    scene.add("Dana", every="1y", birthday="29 Feb")
    for today, signals in (
        # A common year: on the 28th, and not a day later.
        (date(2027, 2, 27), []),
        (date(2027, 2, 28), ["birthday today"]),
        (date(2027, 3, 1), ["birthday on Sun 28 Feb"]),
        # A leap year: on its own day, and not a day before.
        (date(2028, 2, 28), []),
        (date(2028, 2, 29), ["birthday today"]),
        (date(2028, 3, 1), ["birthday on Tue 29 Feb"]),
        (date(2028, 3, 30), ["birthday on Tue 29 Feb"]),
        (date(2028, 3, 31), []),
    ):
        assert scene.row("dana", today=today)["signals"] == signals, today


def test_a_birthday_crosses_the_new_year(scene: Scene) -> None:
    scene.add("Dana", every="1y", birthday="31 Dec")
    assert scene.row("dana", today=date(2027, 1, 10))["signals"] == ["birthday on Thu 31 Dec"]


def test_a_new_job_is_a_signal_for_thirty_days(scene: Scene) -> None:
    scene.add("Dana")
    new_job(scene, 1, 0)
    for ago, shown in ((0, True), (1, True), (30, True), (31, False)):
        assert scene.whom("--signals", today=TODAY + timedelta(days=ago)) == (["dana"] if shown else []), ago


@pytest.mark.parametrize(("ago", "ended"), [(5, False), (4, True), (3, True), (0, True)])
def test_a_signal_ends_with_a_touch_on_its_day_or_after_it(scene: Scene, ago: int, ended: bool) -> None:
    scene.add("Dana", birthday="19 Nov")
    new_job(scene, 1, 4)
    scene.log("dana", ago)
    assert scene.due("--signals") == [] if ended else len(scene.due("--signals")[0]["signals"]) == 2


def test_a_touch_that_was_there_before_a_signal_of_the_same_day_does_not_end_it(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.add("Dana")
    scene.log("dana", 0)
    assert scene.netj("due").ok
    monkeypatch.setattr("scene.NOW", "2026-11-23T11:00:00Z")
    new_job(scene, 1, 0)
    assert scene.whom("--signals") == ["dana"]
    assert scene.netj("prep dana -f json").rows[0]["signals"] == ["new role: CTO"]
    scene.log("dana", 0)
    assert scene.due("--signals") == scene.netj("prep dana -f json").rows[0]["signals"] == []


def test_exposure_ends_no_signal(scene: Scene) -> None:
    scene.add("A", "B", "C", "D", "E", "F", birthday="19 Nov")
    scene.log("email @a @b @c @d @e @f about the newsletter", 1)
    assert len(scene.whom("--signals")) == 6


def test_a_signal_alone_lists_nobody_without_being_asked_for(scene: Scene) -> None:
    scene.add("Dana", birthday="19 Nov")
    assert scene.due() == []
    assert scene.whom("--signals") == ["dana"]


def test_signals_of_snoozed_contacts_are_hidden_unless_asked_for(scene: Scene) -> None:
    scene.add("Dana", "Priya", every="1y", birthday="19 Nov")
    scene.do("snooze dana")
    assert scene.whom("--signals") == ["priya"]
    assert sorted(filter(None, scene.whom("--signals --hidden"))) == ["dana", "priya"]


def test_a_signal_raises_the_score_once(scene: Scene) -> None:
    scene.add("Dana", every="10d")
    scene.log("dana", 10)
    before = scene.row("dana")["score"]
    new_job(scene, 1, 4)
    once = scene.row("dana")["score"]
    new_job(scene, 1, 3)
    assert before < once == scene.row("dana")["score"]


def test_drifting_is_a_silence_of_over_twice_the_usual_gap_without_a_cadence(scene: Scene) -> None:
    scene.add("Dana", "Priya", "Sam", "Max")
    scene.add("Kept", every="10d")
    for ago in (100, 90, 80, 70):
        scene.log("chat with dana and kept", ago)
    for ago in (60, 40, 20, 10):
        scene.log("priya", ago)
    for ago in (100, 90, 80):
        scene.log("sam", ago)
    rows = scene.due("--drifting")
    assert [r["contact"] for r in rows] == ["dana"]
    assert rows[0]["why"] == "quiet for 70 days, longer than usual"
    assert rows[0]["standing"] == "untracked"
    scene.log("dana", 1)
    assert scene.due("--drifting") == []


def test_what_is_usual_is_told_by_the_newest_twelve_days_with_a_touch(scene: Scene) -> None:
    scene.add("Dana", "Priya")
    # Dana once every day, of late every 40 days; Priya the other way round, and often on one day.
    for ago in (*range(560, 540, -1), *range(520, 60, -40)):
        scene.log("dana", ago)
    for ago in (*range(700, 100, -40), *range(56, 20, -3), *[53, 50, 47, 44, 41, 38, 35, 32, 29, 26, 23] * 3):
        scene.log("priya", ago)
    assert scene.whom("--drifting", today=TODAY - timedelta(days=5)) == ["priya"]


def test_a_broadcast_breaks_no_silence(scene: Scene) -> None:
    scene.add("Dana", *"BCDEF")
    for ago in (100, 90, 80, 70):
        scene.log("dana", ago)
    scene.log("email @dana @b @c @d @e @f about the newsletter", 1)
    assert scene.whom("--drifting") == ["dana"]
    assert scene.whom("--drifting", today=TODAY + timedelta(days=400)) == ["dana"]
