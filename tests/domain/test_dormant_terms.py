"""What makes a dormant tie worth reviving, in numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.dormant import WEIGHTS, InFavour, terms, tie_value
from netjournal.domain.score import ObjectiveFacts
from netjournal.domain.terms import total
from netjournal.domain.words import Depth
from tries import tries

TODAY = date(2026, 11, 23)
quick = settings(max_examples=tries(25), deadline=None, database=None)
objectives = st.builds(
    ObjectiveFacts, st.none() | st.dates(date(2026, 1, 1), date(2029, 1, 1)), neglected=st.booleans()
)
depths: st.SearchStrategy[Depth] = st.sampled_from(("conversation", "exchange"))
ties = st.dictionaries(st.dates(date(2010, 1, 1), date(2025, 1, 1)), depths, min_size=3, max_size=30)


def tie(*ago: int) -> dict[date, Depth]:
    return {TODAY - timedelta(days=n): "conversation" for n in ago}


@quick
@given(objectives, ties, ties)
def test_who_could_help_an_objective_comes_before_any_news_and_any_strength(
    objective: ObjectiveFacts, weak: dict[date, Depth], strong: dict[date, Depth]
) -> None:
    helps = terms(InFavour((objective,), 0, weak), TODAY)
    assert total(helps) > total(terms(InFavour((), 9, strong), TODAY))
    assert total(terms(InFavour((), 1, weak), TODAY)) > total(terms(InFavour((), 0, strong), TODAY))
    assert 0 <= helps["tie"] <= WEIGHTS.tie


def test_the_least_pressing_objective_outweighs_news_and_the_strongest_tie_together() -> None:
    daily = tie(*range(400, 4000))
    strongest = terms(InFavour((), 1, daily), TODAY)
    assert strongest["tie"] > 0.98 * WEIGHTS.tie
    assert total(terms(InFavour((ObjectiveFacts(None, False),), 0, tie(400, 430, 460)), TODAY)) > total(strongest)


def test_each_term_is_what_the_page_says() -> None:
    pressing = ObjectiveFacts(TODAY, neglected=True)
    found = terms(InFavour((ObjectiveFacts(None, neglected=False), pressing), 2, tie(400, 430, 460)), TODAY)
    # Of objectives the most pressing one counts, whose value is 1; a second signal adds nothing.
    assert found == {"objective": 4.0, "signal": 2.0, "tie": round(tie_value(tie(400, 430, 460)), 3)}
    # Helping at all is 0.8 of the weight, and a fifth of a calm one's value of a quarter comes on top.
    calm = InFavour((ObjectiveFacts(None, neglected=False),), 0, {})
    assert terms(calm, TODAY) == {"objective": 3.4, "signal": 0.0, "tie": 0.0}


def test_a_tie_counts_half_for_its_strength_and_half_for_its_age() -> None:
    short, long = tie(400, 430, 460), tie(400, 430, 400 + 365 * 5)
    # Health on the last day: 1 + 2^(-30/90) + 2^(-60/90) of the short one.
    strength = 1 + 2 ** (-1 / 3) + 2 ** (-2 / 3)
    assert tie_value(short) == pytest.approx(0.5 * strength / (1 + strength) + 0.5 * 60 / 365 / 5)
    assert tie_value(long) > 0.5 + 0.5 * 0.6
    assert tie_value(tie(400, 430, 400 + 365 * 9)) == pytest.approx(tie_value(long), abs=0.001)
    assert tie_value({}) == 0
