"""The figures of a look back over a period."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain import review as rules
from netjournal.domain.review import Late, ObjectiveState, Silent, Span, Told
from netjournal.errors import UsageError
from rows import rows
from tries import tries

TODAY = date(2026, 11, 23)
#: Every touch says what it is for.
SAID = Told(9, 0, 0)
quick = settings(max_examples=tries(20), deadline=None, database=None)
counts = st.integers(0, 50)


def state(
    key: str, *gaps: str, neglected: bool = False, days_since: int | None = 3, dormant: tuple[str, ...] = ()
) -> ObjectiveState:
    return ObjectiveState(key, gaps, neglected, days_since, dormant)


@quick
@given(st.integers(1, 36_500))
def test_the_period_before_is_as_long_and_ends_the_day_before(days: int) -> None:
    now = rules.span(days, TODAY)
    before = rules.before(now)
    assert now.until == TODAY
    assert now.days == before.days == days
    assert before.until == now.since - timedelta(days=1)


def test_a_look_back_before_the_calendar_is_refused() -> None:
    with pytest.raises(UsageError):
        rules.span(36_500, date(150, 1, 1))


@rows(
    ("stated", "implied", "none", "source", "expected"),
    [
        (True, False, False, "log", "stated"),
        (True, False, False, "mail", "stated"),
        (False, True, False, "log", "implied"),
        (False, True, False, "mail", "imported"),
        (False, False, True, "log", "none"),
        (False, False, True, "ical", "none"),
        (False, False, False, "log", "unsaid"),
        (False, False, False, "linkedin", "imported"),
    ],
)
def test_a_touch_is_of_one_sort(stated: bool, implied: bool, none: bool, source: str, expected: str) -> None:
    assert rules.support_of(stated, implied, none, source) == expected


@quick
@given(counts, counts, counts)
def test_the_share_is_what_was_stated_of_all_that_could_have_been(stated: int, implied: int, unsaid: int) -> None:
    share = rules.purposeful_share(stated, implied, unsaid)
    if not stated + implied + unsaid:
        assert share is None
    else:
        assert share == round(stated / (stated + implied + unsaid), 3)


@rows(("silence", "expected"), [(None, "new"), (1, "kept"), (364, "kept"), (365, "revived"), (4000, "revived")])
def test_a_tie_is_new_kept_or_revived_by_the_silence_before_it(silence: int | None, expected: str) -> None:
    assert rules.tie(TODAY, None if silence is None else TODAY - timedelta(days=silence)) == expected


@rows(
    ("health", "touched", "dormant", "expected"),
    [
        (1.0, True, False, "lively"),
        (0.999, True, False, "steady"),
        (0.25, True, False, "steady"),
        (0.249, True, False, "quiet"),
        (0.0, True, True, "dormant"),
        (0.0, False, False, "untouched"),
    ],
)
def test_health_is_told_in_a_word(health: float, touched: bool, dormant: bool, expected: str) -> None:
    assert rules.band(health, touched=touched, dormant=dormant) == expected


@rows(
    ("status", "opened", "closed", "by", "expected"),
    [
        ("done", 40, 10, 10, "on_time"),
        ("done", 40, 10, 11, "late"),
        ("done", 40, 10, 5, "on_time"),
        ("done", 40, 29, 29, "on_time"),
        ("done", 40, 30, 30, None),
        ("open", 40, None, 10, "open"),
        ("open", 0, None, -5, "open"),
        ("dropped", 40, 10, 10, None),
    ],
)
def test_a_promise_has_one_part_in_a_period(
    status: str, opened: int, closed: int | None, by: int, expected: str | None
) -> None:
    def ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    month = rules.span(30, TODAY)
    assert rules.kept(status, ago(opened), None if closed is None else ago(closed), ago(by), month) == expected


def test_a_promise_kept_later_was_open_at_the_end_of_the_period_before() -> None:
    before = Span(TODAY - timedelta(days=59), TODAY - timedelta(days=30))
    assert rules.kept("done", TODAY - timedelta(days=40), TODAY, TODAY, before) == "open"
    assert rules.kept("open", TODAY, None, TODAY, before) is None


def test_there_are_at_most_three_suggestions_and_one_for_an_objective() -> None:
    states = [state(key, "no next step", "only one organization", neglected=True) for key in ("a", "b", "c", "d")]
    late = Late(2, 4, "send the deck", "Dana Whitfield", TODAY - timedelta(days=3))
    found = rules.suggestions(states, late, Told(0, 9, 9), TODAY)
    assert [(s.rule, s.objective) for s in found] == [
        ("promise-past-its-day", None),
        ("neglected", "a"),
        ("neglected", "b"),
    ]
    assert (found[0].command, found[0].why) == (
        "netj done 4",
        "2 promises of yours are past their day, the oldest to Dana Whitfield for Fri 20 Nov: send the deck",
    )
    (alone,) = rules.suggestions([], late._replace(promises=1, whom=None), SAID, TODAY)
    assert alone.why == "a promise of yours is past its day, for Fri 20 Nov: send the deck"
    assert rules.suggestions([], None, SAID, TODAY) == ()


@rows(
    ("about", "rule", "command"),
    [
        (state("x", "nobody is helping yet", "no next step"), "nobody-helping", "netj keep WHO -o x"),
        (state("x", "no next step"), "no-next-step", "netj followup add TEXT --for x"),
        (state("x", "exposure without a grown tie"), "exposure-alone", "netj log 'coffee with WHO about WHAT +x'"),
        (state("x", "nothing deeper than messages"), "only-messages", "netj log 'call WHO about WHAT +x'"),
        (state("x", "only one organization"), "one-organization", "netj objective show x"),
        (state("x", "no next step", neglected=True), "neglected", "netj due --all --for x"),
        (state("x", dormant=("dana", "sam")), "dormant-tie", "netj prep dana"),
    ],
)
def test_every_rule_names_itself_and_a_command(about: ObjectiveState, rule: str, command: str) -> None:
    (found,) = rules.suggestions([about], None, SAID, TODAY)
    assert (found.rule, found.command) == (rule, command)
    assert "+x" in found.why
    assert "exposure" not in found.why


def test_an_objective_that_nobody_helps_with_is_not_called_neglected_as_well() -> None:
    found = rules.suggestions([state("x", "nobody is helping yet", neglected=True)], None, SAID, TODAY)
    assert [s.rule for s in found] == ["nobody-helping"]


@rows(("stated", "implied", "unsaid", "told"), [(2, 2, 1, True), (2, 1, 1, False), (3, 2, 1, False)])
def test_unsaid_purpose_is_suggested_where_most_touches_say_nothing(
    stated: int, implied: int, unsaid: int, told: bool
) -> None:
    found = rules.suggestions([], None, Told(stated, implied, unsaid), TODAY)
    assert [s.rule for s in found] == ["purpose-unsaid"] * told


def test_what_says_nothing_of_its_purpose_is_named_with_the_command_that_says_it() -> None:
    crowd = Silent(12, TODAY - timedelta(days=3), ("Ann", "Bo", "Cy", "Di", "Eve"), None)
    alone = Silent(9, TODAY - timedelta(days=7), ("Fay",), "x")
    told = Told(2, 1, 5, (crowd, alone))
    (found,) = rules.suggestions([state("x"), state("y")], None, told, TODAY)
    assert found.why == (
        "6 of 8 touches do not say what they are for: "
        "interaction 12 with Ann, Bo, Cy and 2 more on Fri 20 Nov, 9 with Fay on Mon 16 Nov"
    )
    # Of several objectives nobody can know which; the only one there is, or the one implied, is offered.
    assert found.command == "netj amend 12 +KEY"
    assert rules.suggestions([state("y")], None, told, TODAY)[0].command == "netj amend 12 +y"
    assert rules.suggestions([], None, told._replace(silent=(alone,)), TODAY)[0].command == "netj amend 9 +x"
