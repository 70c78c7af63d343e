"""The score: its terms, its bounds, and the order it gives."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.cadence import lateness
from netjournal.domain.score import WEIGHTS, ObjectiveFacts, Pressure, Weights, sort_key, terms
from netjournal.domain.terms import total
from rows import rows
from tries import tries

TODAY = date(2026, 3, 16)
#: What each term is before it is weighed.
UNIT = Weights(1.0, 1.0, 1.0, 1.0, 1.0)
quick = settings(max_examples=tries(20), deadline=None, database=None)
objectives = st.builds(
    ObjectiveFacts,
    by=st.none() | st.integers(-100, 300).map(lambda count: TODAY + timedelta(days=count)),
    neglected=st.booleans(),
)
pressures = st.builds(
    Pressure,
    lateness=st.floats(0, 1000),
    my_promise_days_late=st.none() | st.integers(0, 100),
    their_promise_days_late=st.none() | st.integers(1, 100),
    reply_age_days=st.none() | st.integers(2, 30),
    objectives=st.lists(objectives, max_size=2).map(tuple),
    signals=st.integers(0, 3),
)


def scored(pressure: Pressure) -> float:
    return total(terms(pressure, TODAY))


def in_days(count: int) -> date:
    return TODAY + timedelta(days=count)


def test_without_any_pressure_every_term_is_nothing_and_they_keep_their_order() -> None:
    assert list(terms(Pressure(), TODAY).items()) == [
        ("lateness", 0.0),
        ("promise", 0.0),
        ("reply", 0.0),
        ("objective", 0.0),
        ("signal", 0.0),
    ]
    assert scored(Pressure()) == 0.0


@rows(("late", "expected"), [(0.0, 0.0), (0.5, 0.333), (1.0, 0.5), (4.0, 0.8), (1e9, 1.0)])
def test_the_lateness_term_is_half_on_the_due_day_and_nears_its_weight(late: float, expected: float) -> None:
    assert terms(Pressure(lateness=late), TODAY, UNIT)["lateness"] == expected


@rows(
    ("mine", "theirs", "expected"),
    [
        (None, None, 0.0),
        (0, None, 0.6),
        (7, None, 0.8),
        (14, None, 1.0),
        (400, None, 1.0),
        (None, 1, 0.314),
        (None, 14, 0.5),
        (0, 14, 0.6),
    ],
)
def test_the_promise_term_grows_for_two_weeks_and_theirs_counts_half(
    mine: int | None, theirs: int | None, expected: float
) -> None:
    pressure = Pressure(my_promise_days_late=mine, their_promise_days_late=theirs)
    assert terms(pressure, TODAY, UNIT)["promise"] == expected


@rows(("age", "expected"), [(None, 0.0), (2, 0.5), (16, 0.75), (30, 1.0)])
def test_the_reply_term_is_half_at_two_days_and_whole_at_thirty(age: int | None, expected: float) -> None:
    assert terms(Pressure(reply_age_days=age), TODAY, UNIT)["reply"] == expected


@rows(
    ("by", "neglected", "expected"),
    [
        (None, False, 0.25),
        (None, True, 0.5),
        (in_days(180), False, 0.25),
        (in_days(181), False, 0.25),
        (in_days(90), False, 0.5),
        (in_days(18), False, 0.7),
        (in_days(0), False, 0.75),
        (in_days(-50), False, 0.75),
        (in_days(0), True, 1.0),
    ],
)
def test_the_objective_term_grows_towards_its_target_day_and_with_neglect(
    by: date | None, neglected: bool, expected: float
) -> None:
    assert terms(Pressure(objectives=(ObjectiveFacts(by, neglected),)), TODAY, UNIT)["objective"] == expected


def test_of_several_objectives_the_most_pressing_counts() -> None:
    calm, pressing = ObjectiveFacts(None, False), ObjectiveFacts(in_days(0), True)
    assert terms(Pressure(objectives=(calm, pressing, calm)), TODAY, UNIT)["objective"] == 1.0


@rows(("signals", "expected"), [(0, 0.0), (1, 1.0), (5, 1.0)])
def test_a_second_signal_adds_nothing(signals: int, expected: float) -> None:
    assert terms(Pressure(signals=signals), TODAY, UNIT)["signal"] == expected


@quick
@given(pressures)
def test_each_term_is_weighed_by_its_own_weight_alone(pressure: Pressure) -> None:
    plain = terms(pressure, TODAY)
    for name in WEIGHTS._fields:
        without = terms(pressure, TODAY, WEIGHTS._replace(**{name: 0.0}))
        assert without == {**plain, name: 0.0}


def test_a_weekly_contact_three_weeks_late_comes_before_a_yearly_one_a_month_late() -> None:
    weekly = scored(Pressure(lateness=lateness(TODAY, in_days(-21), 7)))
    yearly = scored(Pressure(lateness=lateness(TODAY, in_days(-30), 365)))
    assert weekly > yearly


def test_a_score_shows_no_float_noise() -> None:
    assert 0.1 + 0.2 + 0.3 != 0.6
    assert total({"lateness": 0.1, "promise": 0.2, "reply": 0.3}) == 0.6


@quick
@given(pressures)
def test_the_terms_have_three_decimals_stay_within_their_weights_and_sum_to_the_score(pressure: Pressure) -> None:
    parts = terms(pressure, TODAY)
    assert tuple(parts) == WEIGHTS._fields
    assert all(0 <= part <= weight for part, weight in zip(parts.values(), WEIGHTS, strict=True))
    shown = [Decimal(repr(part)) for part in parts.values()]
    assert all(part == round(part, 3) for part in shown)
    assert sum(shown) == Decimal(repr(total(parts)))


@quick
@given(pressures, st.floats(0, 100))
def test_a_later_contact_never_scores_less(pressure: Pressure, more: float) -> None:
    assert scored(pressure._replace(lateness=pressure.lateness + more)) >= scored(pressure)


@quick
@given(pressures, st.integers(0, 50), objectives)
def test_a_promise_objective_signal_or_reply_never_lowers_a_score(
    pressure: Pressure, more_days: int, objective: ObjectiveFacts
) -> None:
    before = scored(pressure)
    mine, theirs, reply = pressure.my_promise_days_late, pressure.their_promise_days_late, pressure.reply_age_days
    for more in (
        {"my_promise_days_late": more_days if mine is None else mine + more_days},
        {"their_promise_days_late": more_days + 1 if theirs is None else theirs + more_days},
        {"reply_age_days": 2 if reply is None else min(30, reply + more_days)},
        {"objectives": (*pressure.objectives, objective)},
        {"signals": pressure.signals + more_days},
    ):
        assert scored(pressure._replace(**more)) >= before


@quick
@given(objectives, st.integers(-400, 400), st.integers(0, 400))
def test_a_target_day_or_neglect_never_lowers_a_score_and_a_nearer_day_weighs_no_less(
    objective: ObjectiveFacts, ahead: int, sooner: int
) -> None:
    def of(facts: ObjectiveFacts) -> float:
        return scored(Pressure(objectives=(facts,)))

    dated = objective._replace(by=in_days(ahead))
    assert of(objective._replace(by=None)) <= of(dated) <= of(objective._replace(by=in_days(ahead - sooner)))
    assert of(objective) <= of(objective._replace(neglected=True))


def test_the_most_urgent_comes_first_and_equals_go_by_name_handle_and_uid() -> None:
    rows = [(1.0, "ana", "ana", "1"), (2.5, "zoe", "zoe", "2"), (1.0, "ana", "ana", "0"), (1.0, "ana", "a", "9")]
    ordered = sorted(rows, key=lambda row: sort_key(*row))
    assert [row[3] for row in ordered] == ["2", "9", "0", "1"]
