"""Health with its terms, the healthiest of many found without reading all, and names alike narrowed but not lost."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scene import Scene

from netjournal import store
from netjournal.domain import names
from netjournal.domain.health import health
from netjournal.domain.kinds import DEPTH_OF_KIND, DEPTHS, KINDS
from netjournal.domain.names import Known
from netjournal.domain.terms import total
from netjournal.domain.words import Depth
from netjournal.reports.prep.healthiest import MOST_PEOPLE, People, healthiest
from netjournal.reports.prep.screen import cut, when
from netjournal.reports.prep.tie import health_terms, tie
from netjournal.reports.prep.who import ALIKE, LikeIt
from netjournal.store.queries.names import known_contacts
from netjournal.store.queries.prep import TouchFacts, known_like
from netjournal.store.queries.prep import touches as touches_of
from tries import tries

if TYPE_CHECKING:
    from conftest import Netj

TODAY = date(2026, 11, 23)
quick = settings(max_examples=tries(50), deadline=None, database=None)
days = st.integers(-3, 2500).map(lambda count: TODAY - timedelta(days=count))


@quick
@given(st.lists(st.tuples(days, st.sampled_from(DEPTHS)), max_size=12), st.integers(1, 400))
def test_the_terms_add_up_to_health_as_the_domain_has_it(touches: list[tuple[date, Depth]], half_life: int) -> None:
    terms = health_terms(touches, TODAY, half_life)
    assert total(terms) == pytest.approx(health(touches, TODAY, half_life), abs=0.002)
    assert round(sum(terms.values()), 6) == total(terms)
    assert all(terms.values())
    assert list(terms) == [depth for depth in DEPTHS if depth in terms]


def test_a_day_belongs_to_its_deepest_touch() -> None:
    assert health_terms([(TODAY, "message"), (TODAY, "conversation")], TODAY) == {"conversation": 1.0}


def test_nobody_touched_has_no_health_and_no_rhythm() -> None:
    assert tie([], TODAY) == (0.0, {}, False, False, None)


def test_a_tie_grows_by_two_way_touches_only() -> None:
    def of(direction: str) -> bool:
        ages = (10, 50, 90)
        touches = [
            TouchFacts(n, (TODAY - timedelta(days=n)).isoformat(), "coffee", direction, None, None) for n in ages
        ]
        return tie(touches, TODAY).grown

    assert [of(direction) for direction in ("mutual", "in", "out")] == [True, False, False]


def test_the_healthiest_of_many_are_those_that_reading_every_touch_gives(
    netj: Netj, environment: dict[str, str]
) -> None:
    scene = Scene(netj, environment)
    people = [f"P{n}" for n in range(3 * MOST_PEOPLE)]
    scene.add(*people, org="Acme")
    for n in range(150):
        # Some write often, others meet seldom: the days alone would order them otherwise.
        who = f"p{n * 7 % len(people)}"
        kind = "email" if int(who[1:]) % 3 else KINDS[n % 6]
        scene.log(f"{kind} @{who}", (n * 37 + int(who[1:]) * 11) % 1500)
    assert scene.netj
    with store.reading(Path(environment["NETJ_DB"])) as connection:
        ids = range(1, len(people) + 1)
        found = healthiest(People(connection, 1, TODAY, 90.0), ids, MOST_PEOPLE)
        touches: dict[int, list[tuple[date, Depth]]] = {}
        for i in ids:
            touches[i] = [(date.fromisoformat(t.on_day), DEPTH_OF_KIND[t.kind]) for t in touches_of(connection, i)]
    every = {i: total(health_terms(theirs, TODAY)) for i, theirs in touches.items()}
    best = sorted(every.items(), key=lambda item: (-item[1], item[0]))[:MOST_PEOPLE]
    assert list(found.items()) == best


word = st.text("abcdeio", min_size=1, max_size=7)
full = st.lists(word, min_size=1, max_size=3).map(" ".join)


@quick
@given(full, st.lists(full, max_size=8))
def test_names_alike_are_never_lost_by_the_quick_look(typed: str, others: list[str]) -> None:
    known = [
        Known(n, f"c{n}", (name,)) for n, name in enumerate([*others, typed[1:] or typed, typed + "a", typed[::-1]])
    ]
    like = LikeIt(typed)
    narrowed = [k for k in known if any(map(like.may_be, k.names))]
    assert names.similar(typed, narrowed, 99) == names.similar(typed, known, 99)


def test_the_quick_look_asks_for_the_likeness_that_names_do() -> None:
    # Three letters of four and four are just enough.
    assert ALIKE == 2 * 3 / (4 + 4)
    assert names.similar("abcx", [Known(1, "one", ("abcd",)), Known(2, "two", ("abde",))]) == (1,)


def test_the_store_finds_everyone_whom_the_domain_takes_for_sure(netj: Netj, environment: dict[str, str]) -> None:
    scene = Scene(netj, environment)
    scene.add("Dana Whitfield", alias=("Dee", "100% Dana"))
    scene.add("Whitney Danas", "Sean O'Neil", "Mo Hand")
    assert scene.netj
    with store.reading(Path(environment["NETJ_DB"])) as connection:
        every = known_contacts(connection)
        for typed in ("dana", "whit dana", "Dee", "wh", "DANA WHITFIELD", "o'n", "100%", "zed"):
            found = known_like(connection, max(names.fold(typed).split(), key=len))
            wanted = names.find(typed, every).ids
            assert names.find(typed, found).ids == wanted, typed


def test_a_text_is_cut_between_words_and_a_day_is_told_as_people_count() -> None:
    assert cut("one  two\nthree", 20) == "one two three"
    assert cut("one two three", 9) == "one two…"
    assert cut("abcdefghij", 4) == "ab…"
    ages = [when(TODAY + timedelta(days=n), TODAY) for n in (-3, -1, 0, 1, 12)]
    assert ages == ["3 days ago", "1 day ago", "today", "in 1 day", "in 12 days"]
