"""When somebody is due, from which day on it is late, and how late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.cadence import (
    STARTING_CIRCLES,
    Cadence,
    due_on,
    effective,
    lateness,
    latest_on,
    spread,
    standing,
)
from netjournal.domain.words import Standing
from rows import rows
from tries import tries

TODAY = date(2026, 3, 16)
quick = settings(max_examples=tries(20), deadline=None, database=None)
days = st.integers(-2000, 2000).map(lambda count: TODAY + timedelta(days=count))
lengths = st.integers(1, 800)
cadences = st.builds(lambda every, slack: Cadence(every, every + slack), lengths, st.integers(0, 800))


def stands(
    today: date,
    cadence: Cadence | None,
    *,
    last_on: date | None = None,
    first_due_on: date | None = None,
    paused: bool = False,
    snoozed_until: date | None = None,
    promise_ahead: bool = False,
) -> Standing:
    """The standing of a contact whose due day follows from its last day, as it always does in a journal."""
    return standing(
        today,
        cadence=cadence,
        due_on=None if cadence is None else due_on(cadence, last_on, first_due_on),
        last_on=last_on,
        paused=paused,
        snoozed_until=snoozed_until,
        promise_ahead=promise_ahead,
    )


def after(count: int) -> date:
    return TODAY + timedelta(days=count)


@rows(
    ("own_every", "own_latest", "circle_every", "circle_latest", "expected"),
    [
        (None, None, None, None, None),
        (None, 40, None, None, None),
        (None, None, None, 40, None),
        (21, None, None, None, Cadence(21, 32)),
        (30, None, None, None, Cadence(30, 45)),
        (1, None, None, None, Cadence(1, 2)),
        (21, 25, None, None, Cadence(21, 25)),
        (None, None, 60, None, Cadence(60, 90)),
        (None, None, 60, 70, Cadence(60, 70)),
        (None, 65, 60, 70, Cadence(60, 65)),
        (7, None, 60, 70, Cadence(7, 11)),
        (90, None, 60, 70, Cadence(90, 135)),
        (90, 100, 60, 70, Cadence(90, 100)),
        (21, 10, None, None, Cadence(21, 21)),
        (None, 10, 60, None, Cadence(60, 60)),
        (None, None, 60, 10, Cadence(60, 60)),
    ],
)
def test_a_contacts_own_limits_come_before_its_circles_and_latest_defaults_to_half_as_much_again(
    own_every: int | None,
    own_latest: int | None,
    circle_every: int | None,
    circle_latest: int | None,
    expected: Cadence | None,
) -> None:
    assert effective(own_every, own_latest, circle_every, circle_latest) == expected


def test_a_new_journal_has_circles_of_three_weeks_two_months_six_months_and_a_year() -> None:
    assert dict(STARTING_CIRCLES) == {"inner": 21, "active": 60, "outer": 180, "yearly": 365}


def test_a_contact_is_due_every_days_after_the_last_day() -> None:
    assert due_on(Cadence(21, 32), date(2026, 2, 23), date(2020, 1, 1)) == date(2026, 3, 16)


def test_a_contact_never_touched_is_due_on_its_first_due_day() -> None:
    assert due_on(Cadence(21, 32), None, TODAY) == TODAY


def test_a_due_day_without_any_day_to_count_from_is_refused() -> None:
    with pytest.raises(ValueError, match="first due day"):
        due_on(Cadence(21, 32), None, None)


@rows(
    ("every", "count", "expected"),
    [
        (21, 0, []),
        (21, 1, [0]),
        (21, 3, [0, 7, 14]),
        (7, 3, [0, 2, 4]),
        (2, 5, [0, 0, 0, 1, 1]),
        (365, 2, [0, 182]),
    ],
)
def test_first_due_days_start_today_and_are_spread_evenly(every: int, count: int, expected: list[int]) -> None:
    assert spread(TODAY, every, count) == tuple(after(days) for days in expected)


@quick
@given(lengths, st.integers(1, 300))
def test_a_spread_stays_inside_one_cadence_and_no_day_gets_two_more_than_another(every: int, count: int) -> None:
    offsets = [(day - TODAY).days for day in spread(TODAY, every, count)]
    assert offsets == sorted(offsets)
    assert offsets[0] == 0
    assert offsets[-1] < every
    loads = [offsets.count(offset) for offset in set(offsets)]
    assert max(loads) - min(loads) <= 1


@rows(
    ("days_after_due", "every", "expected"),
    [(0, 7, 1.0), (7, 7, 2.0), (21, 7, 4.0), (-7, 7, 0.0), (-8, 7, 0.0), (-3, 6, 0.5), (30, 365, 1 + 30 / 365)],
)
def test_lateness_is_one_on_the_due_day_and_grows_by_one_each_cadence(
    days_after_due: int, every: int, expected: float
) -> None:
    assert lateness(after(days_after_due), TODAY, every) == pytest.approx(expected)


@quick
@given(days, days, lengths, st.integers(0, 2000))
def test_lateness_never_falls_as_days_go_by(today: date, due: date, every: int, later: int) -> None:
    assert 0 <= lateness(today, due, every) <= lateness(today + timedelta(days=later), due, every)


def test_the_latest_day_is_as_far_after_the_due_day_as_latest_is_over_every() -> None:
    assert latest_on(Cadence(21, 32), TODAY) == after(11)
    assert latest_on(Cadence(21, 21), TODAY) == TODAY


# Every 40 days, at the latest after 60: soon from 7 days before due, overdue 20 days after it.
BORDERS: list[tuple[int, Standing]] = [
    (-40, "on-track"),
    (-8, "on-track"),
    (-7, "soon"),
    (-1, "soon"),
    (0, "due"),
    (1, "due"),
    (20, "due"),
    (21, "overdue"),
    (4000, "overdue"),
]


@rows(("days_after_due", "expected"), BORDERS)
@rows("touched", [True, False])
def test_standing_changes_on_its_border_days(days_after_due: int, expected: Standing, touched: bool) -> None:
    last_on = after(-40) if touched else None
    assert stands(after(days_after_due), Cadence(40, 60), last_on=last_on, first_due_on=TODAY) == expected


@rows(("every", "soon_days"), [(1, 0), (3, 0), (4, 1), (7, 1), (8, 2), (21, 5), (27, 6), (28, 7), (29, 7), (365, 7)])
def test_soon_is_a_quarter_of_the_cadence_and_at_most_a_week(every: int, soon_days: int) -> None:
    words = [stands(after(-ahead), Cadence(every, every), first_due_on=TODAY) for ahead in range(1, 12)]
    assert words.count("soon") == soon_days
    assert words == ["soon"] * soon_days + ["on-track"] * (11 - soon_days)


def test_a_contact_whose_two_limits_are_equal_is_due_for_one_day() -> None:
    days = [stands(after(n), Cadence(7, 7), last_on=after(-7)) for n in (-1, 0, 1)]
    assert days == ["soon", "due", "overdue"]


def test_a_contact_without_a_cadence_is_untracked_whatever_else_is_said() -> None:
    assert stands(TODAY, None) == "untracked"
    assert stands(TODAY, None, last_on=after(-900), paused=True, promise_ahead=True) == "untracked"


def test_a_pause_holds_however_late_and_over_a_snooze() -> None:
    late = Cadence(7, 11)
    assert stands(TODAY, late, last_on=after(-900), paused=True, promise_ahead=True) == "paused"
    assert stands(TODAY, late, last_on=after(-900), paused=True, snoozed_until=after(5)) == "paused"


def test_a_snooze_ends_on_its_day() -> None:
    late = Cadence(7, 11)
    words = [stands(after(n), late, last_on=after(-900), snoozed_until=TODAY) for n in (-1, 0, 1)]
    assert words == ["snoozed", "overdue", "overdue"]


def test_a_snooze_hides_a_plan() -> None:
    assert stands(TODAY, Cadence(7, 11), last_on=TODAY, snoozed_until=after(1), promise_ahead=True) == "snoozed"


@rows(
    ("days_after_due", "expected"),
    [(-30, "planned"), (-1, "planned"), (0, "planned"), (20, "planned"), (21, "overdue")],
)
def test_a_promise_ahead_covers_until_the_latest_day_and_no_longer(days_after_due: int, expected: Standing) -> None:
    assert stands(after(days_after_due), Cadence(40, 60), last_on=after(-40), promise_ahead=True) == expected


class Contact(NamedTuple):
    cadence: Cadence
    last_on: date | None
    first_due_on: date
    paused: bool
    snoozed_until: date | None
    promise_ahead: bool

    def standing(self, today: date) -> Standing:
        return stands(
            today,
            self.cadence,
            last_on=self.last_on,
            first_due_on=self.first_due_on,
            paused=self.paused,
            snoozed_until=self.snoozed_until,
            promise_ahead=self.promise_ahead,
        )


contacts = st.builds(
    Contact, cadences, st.none() | days, days, st.sampled_from([False, False, True]), st.none() | days, st.booleans()
)


@quick
@given(days, contacts)
def test_a_standing_is_one_word_that_agrees_with_lateness_and_with_what_was_decided(
    today: date, contact: Contact
) -> None:
    word = contact.standing(today)
    assert word == contact.standing(today)
    due = due_on(contact.cadence, contact.last_on, contact.first_due_on)
    late = lateness(today, due, contact.cadence.every_days)
    holds: dict[Standing, bool] = {
        "overdue": late > 1 and today > latest_on(contact.cadence, due),
        "due": late >= 1 and not contact.promise_ahead,
        "soon": 0.75 <= late < 1 and not contact.promise_ahead,
        "on-track": late < 1 and not contact.promise_ahead,
        "planned": contact.promise_ahead and today <= latest_on(contact.cadence, due),
        "snoozed": contact.snoozed_until is not None and today < contact.snoozed_until,
        "paused": contact.paused,
    }
    assert holds[word]
    assert contact.paused == (word == "paused")


@quick
@given(cadences, days, st.integers(0, 3000), st.integers(0, 3000))
def test_left_alone_a_contact_only_moves_towards_overdue(
    cadence: Cadence, last_on: date, first: int, second: int
) -> None:
    order = ["on-track", "soon", "due", "overdue"]
    earlier, later = (
        order.index(stands(last_on + timedelta(days=n), cadence, last_on=last_on)) for n in sorted((first, second))
    )
    assert earlier <= later


@quick
@given(cadences, days, days)
def test_a_first_due_day_and_a_touch_that_lead_to_the_same_due_day_stand_alike(
    cadence: Cadence, last_on: date, today: date
) -> None:
    touched = stands(today, cadence, last_on=last_on)
    assert stands(today, cadence, first_due_on=last_on + timedelta(days=cadence.every_days)) == touched


@quick
@given(st.none() | lengths, st.none() | lengths, st.none() | lengths, st.none() | lengths)
def test_latest_is_never_under_every(
    own_every: int | None, own_latest: int | None, circle_every: int | None, circle_latest: int | None
) -> None:
    cadence = effective(own_every, own_latest, circle_every, circle_latest)
    assert (cadence is None) == (own_every is None and circle_every is None)
    if cadence is not None:
        assert cadence.latest_days >= cadence.every_days == (own_every or circle_every)
