"""I6: standing, due and score depend on what is in the journal and never on the order in which it was logged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from acts import NOW, PEOPLE, TODAY, day, examples, exported, journal
from hypothesis import example, given
from hypothesis import strategies as st

from netjournal import store
from netjournal.journal.interactions import delete_interaction
from netjournal.journal.log import log
from netjournal.journal.words import LogWords
from netjournal.reports.contacts_list import Filters, contact_list
from netjournal.reports.due import DueRow, due
from netjournal.reports.due_facts import Wanted
from netjournal.reports.objectives import objective_list

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Happened(NamedTuple):
    """An interaction that will have the same uid whenever it is logged."""

    number: int
    words: LogWords
    ago: int


def _happened(number: int, ago: int, kind: str, people: list[str], **said: Any) -> Happened:
    text = f"about {number} {said.pop('mark')}"
    return Happened(number, LogWords(text, who=people, kind=kind, on=day(ago), **said), ago)


# Few days, so that several fall on one; all kinds of depth and direction, and crowds for exposure.
HAPPENED = st.lists(
    st.tuples(
        st.sampled_from((0, 1, 2, 5, 14, 15, 16, 30, 31, 90)),
        st.sampled_from(("coffee", "chat", "email", "email", "message", "event")),
        st.one_of(st.lists(st.sampled_from(PEOPLE[:3]), min_size=1, max_size=3, unique=True), st.just(list(PEOPLE))),
        st.fixed_dictionaries(
            {
                "mark": st.sampled_from(("", "", "+role", "+none", "#sre")),
                "direction": st.sampled_from((None, "in", "out", "mutual")),
                "no_reply": st.booleans(),
            }
        ),
    ),
    min_size=1,
    max_size=6,
).map(lambda found: [_happened(n, ago, kind, people, **said) for n, (ago, kind, people, said) in enumerate(found)])


def log_all(path: Path, happened: Sequence[Happened]) -> None:
    """Log each with the uid of its number."""
    with store.writing(path, "log", TODAY, NOW) as uow:
        for one in happened:
            uow.new_uid = iter([f"{one.number:032x}"]).__next__
            log(uow, one.words)


def answers(path: Path, after_days: int) -> tuple[Any, ...]:
    """All that is derived from the log."""
    today = TODAY + timedelta(days=after_days)
    with store.reading(path) as connection:
        return (
            due(connection, Wanted(everyone=True), today),
            due(connection, Wanted(within_days=9), today),
            due(connection, Wanted(drifting=True), today),
            contact_list(connection, Filters(), today),
            objective_list(connection, None, None, today),
        )


def _of_one_day(*kinds: str) -> tuple[list[Happened], list[Happened]]:
    found = [_happened(n, 5, kind, [PEOPLE[0]], mark="") for n, kind in enumerate(kinds)]
    return found, found[::-1]


@examples(12)
@example(_of_one_day("coffee", "email"), 0)  # the deepest is what a day is remembered by
@example(_of_one_day("email", "email"), 0)  # of equals the greatest uid
@given(HAPPENED.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))), st.integers(0, 40))
def test_the_order_of_logging_does_not_matter(orders: tuple[list[Happened], list[Happened]], after_days: int) -> None:
    found, shuffled = orders
    with journal() as one, journal() as other:
        log_all(one, found)
        log_all(other, shuffled)
        assert answers(one, after_days) == answers(other, after_days)
        assert exported(one) == exported(other)


#: What an older day never changes; the score may, since it may end the neglect of an objective.
CLOCK = [
    *("standing", "due_on", "days_since", "days_late", "lateness", "last_on", "last_kind", "last_summary", "waiting"),
    "why",
]


def clocks(path: Path) -> dict[str | None, list[Any]]:
    with store.reading(path) as connection:
        rows = due(connection, Wanted(everyone=True), TODAY).rows
    return {row.contact: [getattr(row, field) for field in CLOCK] for row in rows}


@examples(12)
@given(HAPPENED, st.integers(1, 300), st.sampled_from(("coffee", "email")), st.sampled_from(("in", "out", None)))
def test_an_older_day_never_moves_a_clock_back(found: list[Happened], older: int, kind: str, direction: Any) -> None:
    assert set(CLOCK) <= set(DueRow._fields)
    with journal() as path:
        log_all(path, found)
        before = clocks(path)
        touched = [who for who, clock in before.items() if who and clock[CLOCK.index("last_on")]]
        oldest = max((one.ago for one in found), default=0) + older
        if touched:
            log_all(path, [_happened(99, oldest, kind, touched[:5], mark="", direction=direction)])
        assert clocks(path) == before


@examples(12)
@given(HAPPENED, st.sets(st.integers(0, 5)))
def test_what_is_deleted_has_never_been(found: list[Happened], gone: set[int]) -> None:
    with journal() as one, journal() as other:
        log_all(one, found)
        with store.writing(one, "delete", TODAY, NOW) as uow:
            for happened in found:
                if happened.number in gone:
                    delete_interaction(uow, str(happened.number + 1))
        log_all(other, [happened for happened in found if happened.number not in gone])
        assert answers(one, 3) == answers(other, 3)
        assert exported(one) == exported(other)


@examples(10)
@given(HAPPENED)
def test_implied_support_is_never_stored(found: list[Happened]) -> None:
    unsaid = [one for one in found if "+role" not in one.words.text]
    with journal() as path:
        log_all(path, unsaid)
        with store.reading(path) as connection:
            assert connection.rows("SELECT count(*) FROM support") == [(0,)]
