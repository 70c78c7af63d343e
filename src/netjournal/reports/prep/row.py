"""The row of `prep`: one shape for a contact, an organization and somebody unknown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from netjournal.domain.words import Handle, Key, Promise, Prose, Standing, Uid

if TYPE_CHECKING:
    from collections.abc import Mapping


class PrepRow(NamedTuple):
    """What the journal knows before a conversation; what does not apply to the type is null or an empty list."""

    type: str
    known: bool
    name: Prose
    uid: Uid | None = None
    contact: Handle | None = None
    organization: Prose | None = None
    title: Prose | None = None
    standing: Standing | None = None
    due_on: date | None = None
    every_days: int | None = None
    last_on: date | None = None
    days_since: int | None = None
    usual_days: float | None = None
    touch_count: int | None = None
    health: float | None = None
    health_terms: dict[str, float] = {}  # noqa: RUF012  # a NamedTuple's default, never changed
    grown: bool = False
    dormant: bool = False
    signals: tuple[Prose, ...] = ()
    talks: tuple[Prose, ...] = ()
    followups: tuple[Promise, ...] = ()
    thanks: tuple[Prose, ...] = ()
    objectives: tuple[Key, ...] = ()
    could: tuple[Key, ...] = ()
    common: tuple[Prose, ...] = ()
    targets: tuple[Prose, ...] = ()
    whys: tuple[Prose, ...] = ()
    sought: tuple[Prose, ...] = ()
    questions: tuple[Prose, ...] = ()
    next_steps: tuple[Promise, ...] = ()
    given: tuple[Prose, ...] = ()
    received: tuple[Prose, ...] = ()
    topics: tuple[str, ...] = ()
    came_up: tuple[str, ...] = ()
    shared_topics: tuple[str, ...] = ()
    affiliations: tuple[Prose, ...] = ()
    location: Prose | None = None
    met: Prose | None = None
    introduced_by: Handle | None = None
    chain: tuple[Handle, ...] = ()
    introductions: tuple[Prose, ...] = ()
    groups: tuple[Prose, ...] = ()
    note: Prose | None = None
    touch_notes: tuple[Prose, ...] = ()
    archived: bool = False
    contact_count: int | None = None
    former_count: int | None = None
    contacts: tuple[Handle, ...] = ()
    former: tuple[Handle, ...] = ()
    people: tuple[Prose, ...] = ()
    knowing: tuple[Handle, ...] = ()
    opportunities: tuple[Prose, ...] = ()
    hits: tuple[Prose, ...] = ()
    next_with: tuple[Handle, ...] = ()
    pursued: tuple[Key, ...] = ()


class Asked(NamedTuple):
    """What `prep` was asked for; ids of what was named."""

    who: str
    at: str | None = None
    topics: tuple[str, ...] = ()
    objective_ids: tuple[int, ...] = ()
    client_id: int | None = None
    half_life_days: float = 90.0


class Prepared(NamedTuple):
    """The answer: its row, the display names of the handles in it, and what to say beside it."""

    row: PrepRow
    names: Mapping[str, str]
    #: Handles and organizations whose names are like what was typed.
    near: tuple[str, ...] = ()
    #: Whether the contact shown was only the nearest.
    guessed: bool = False
    #: An organization that `--at` named and that the journal does not know.
    unknown_at: str | None = None


def dated(day: str, text: str) -> Prose:
    """A text with its day: `DAY TEXT`."""
    return Prose(f"{day} {text}")
