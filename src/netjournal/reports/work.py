"""Affiliations as every answer spells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from netjournal.domain.words import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from netjournal.store.queries.contacts import AffiliationFacts


def spelled_work(affiliations: Iterable[AffiliationFacts]) -> tuple[Prose, ...]:
    """Each as `TITLE, ORGANIZATION (since 2024-01-15, until 2026-03-01)`."""
    return tuple(Prose(_spelled(affiliation)) for affiliation in affiliations)


def _spelled(affiliation: AffiliationFacts) -> str:
    what = ", ".join(part for part in (affiliation.title, affiliation.organization) if part)
    days = (("since", affiliation.since), ("until", affiliation.until))
    span = ", ".join(f"{word} {on}" for word, on in days if on)
    return f"{what} ({span})" if span else what
