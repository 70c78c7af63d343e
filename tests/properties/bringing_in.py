"""People and what happened with them, made up; written in every form, and brought into a journal."""

from __future__ import annotations

import io
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from hasty import new_journal
from kept import place
from netjournal import store
from netjournal.cli.exporting import Form, written
from netjournal.interchange import checks
from netjournal.interchange.gather import Gathered, gather
from netjournal.interchange.records import Guest, Interaction, Options, Person, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.journal.importing.plan import carry_out, plan, receipt
from netjournal.journal.undo import undo
from netjournal.reports.export import Part
from netjournal.store.sqlite import changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from netjournal.journal.importing.plan import Imported

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"
ME = "me@example.com"


#: Names and words that mean something to one format or another.
HARD = (
    "Ann", "Ann Lee", "Zoë Ångström", "O'Neil", "山田", "Lee, Ann", "a;b", "x,y", "back\\slash", '"quoted"', "=1+1", "+47",
    "@home", "-dash", "'apostrophe", "*bold*", "_place_", "a.k.a. B", "[red]", "(x)", "#sre", "1604", "\u200eLeft", "ﬁ",
    "Dr. Lee", "a: b", "2026-01-02: x", "e\u0301", "BEGIN:VCARD", "tab\tin", "~~", "<b>", "%00", "null",
)  # fmt: skip
WORD = st.one_of(
    st.sampled_from(HARD), st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)
)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
LINES = st.lists(st.one_of(NAME, st.just("")), min_size=1, max_size=3).map("\n".join)
TOPIC = st.sampled_from(("sre", "hiring", "c++", "日本", "a-b", "x.y"))
#: Not in 1604: that is how Apple spells a year that is not known, so it is read as none everywhere.
BIRTHDAY = st.sampled_from(("1988-06-15", "--06-15", "--02-29", "2000-02-29"))
NUMBER = st.integers(0, 5)


def some(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The value or none."""
    return st.one_of(st.none(), strategy)


def several(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """None to three different values."""
    return st.lists(strategy, max_size=3, unique=True).map(tuple)


PERSON = st.builds(
    Person,
    line=st.just(1),
    external_id=st.uuids().map(str),
    name=NAME,
    urls=several(st.builds("https://example.com/{}?q=a,b;c".format, NUMBER)),
    emails=several(st.builds("p{}@example.com".format, NUMBER)),
    company=some(st.one_of(st.sampled_from(("Acme", "Globex, Inc.", "A; B")), NAME)),
    title=some(NAME),
    connected_on=some(st.just(date(2024, 1, 15))),
    phones=several(st.sampled_from(("+47 555 01 23", "030 1", "(0) 12;34"))),
    aliases=several(NAME),
    location=some(NAME),
    birthday=some(BIRTHDAY),
    note=some(LINES),
    topics=several(TOPIC),
    every_days=some(st.integers(1, 400)),
)
#: Each with ids and addresses of their own, so that no two of them are one.
PEOPLE = st.lists(PERSON, min_size=1, max_size=5).map(
    lambda people: [
        person._replace(
            external_id=f"id{n}",
            emails=tuple(f"{n}.{email}" for email in person.emails),
            urls=tuple(f"{url}&n={n}" for url in person.urls),
            company=person.company and f"{person.company} {n}",
        )
        for n, person in enumerate(people)
    ]
)
DAY = st.integers(0, 400).map(lambda ago: TODAY - timedelta(days=ago))


def event(number: int, guests: Sequence[int], on: date, kind: str, way: Any, said: str | None) -> Interaction:
    """Something with the people of these numbers, as the seed of a journal."""
    who = tuple(Guest(external_id=f"id{n}") for n in guests)
    return Interaction(
        1, f"event {number} {on}", on, kind, way if kind in ("email", "message") else "mutual", who, said
    )


EVENTS = st.lists(
    st.builds(
        event,
        NUMBER,
        st.lists(NUMBER, min_size=1, max_size=3, unique=True),
        DAY,
        st.sampled_from(("coffee", "call", "email", "message", "chat", "event", "meeting")),
        st.sampled_from(("in", "out")),
        some(NAME),
    ),
    max_size=4,
)


@contextmanager
def journals(count: int) -> Iterator[list[Path]]:
    """So many empty journals, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.db" for n in range(count)]
        for path in paths:
            place(path, new_journal())
        yield paths


def brought(path: Path, found: Gathered, *, new: bool = False) -> Imported:
    """Import what was gathered, as the command does."""
    with store.writing(path, f"import {found.source}", TODAY, NOW) as uow:
        planned = plan(uow.read, found, new=new)
        told = receipt(planned, found, carry_out(uow, planned))
    assert told.read == told.created + told.updated + told.unchanged + told.skipped
    return told


def read(data: bytes, name: str, file: str = "file", **options: Any) -> Gathered:
    """What a file of a format holds."""
    return gather([from_bytes(data, file)], name, Options(TODAY, (ME,), **options))


def fill(path: Path, people: Sequence[Person], events: Sequence[Interaction] = ()) -> None:
    """A journal with these people and what happened with them."""
    kept = [person for each in people if not isinstance(person := checks.person(each), Skipped)]
    done = [one for each in events if not isinstance(one := checks.interaction(each, Options(TODAY)), Skipped)]
    with store.writing(path, "fill", TODAY, NOW) as uow:
        carry_out(uow, plan(uow.read, Gathered("seed", tuple(kept), tuple(done), (), 0, 0, (), ())))


def take_back(path: Path) -> None:
    """Undo the last command."""
    with store.writing(path, "undo", TODAY, NOW) as uow:
        undo(uow)


def exported(path: Path, form: Form, kinds: tuple[str, ...] = ()) -> bytes:
    """A journal in a form."""
    out = io.BytesIO()
    with store.reading(path) as connection:
        written(connection, form, Part(types=kinds), (TODAY, NOW))(out)
    return out.getvalue()


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table that undo looks after."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}"'), key=repr)
            for table in changes.tracked_tables(connection)
        }
