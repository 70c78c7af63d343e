"""Random commands on a real journal: what properties are proved over. NETJ_FUZZ=20 tries twenty times as many."""

from __future__ import annotations

import io
import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from kept import place
from netjournal import store
from netjournal.domain.evening import GuestLine
from netjournal.errors import NetjError
from netjournal.interchange.gather import Gathered
from netjournal.interchange.ndjson import write_ndjson
from netjournal.interchange.records import Guest, Interaction, Person
from netjournal.journal import (
    circles,
    contacts,
    followups,
    groups,
    interactions,
    merge,
    objectives,
    opportunities,
    organizations,
)
from netjournal.journal.amend import AmendWords, amend
from netjournal.journal.importing.plan import carry_out, plan
from netjournal.journal.keep import KeepWords, keep
from netjournal.journal.log import log
from netjournal.journal.people import ContactWords
from netjournal.journal.words import LogWords
from netjournal.store.queries.export import records
from netjournal.store.sqlite import changes
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
NOW = "2026-11-23T10:00:00Z"
PEOPLE = ("ann", "bob", "cy", "dee", "eve", "fay", "gus")
KEYS = ("role", "talks")


#: Making a failing example small takes minutes where each writes a journal: only where NETJ_SHRINK asks for it.
PHASES: Final = (Phase.explicit, Phase.generate, *((Phase.shrink,) if os.environ.get("NETJ_SHRINK") else ()))


def examples(count: int) -> settings:
    """So many examples, as tests/tries.py counts them."""
    return settings(
        max_examples=tries(count),
        deadline=None,
        database=None,
        phases=PHASES,
        suppress_health_check=list(HealthCheck),
    )


class Act(NamedTuple):
    """One command: the name of a function below and what it is told."""

    name: str
    told: tuple[Any, ...]

    def on(self, uow: UnitOfWork) -> None:
        """Do it. Raises NetjError."""
        DOERS[self.name](uow, *self.told)


def _import(uow: UnitOfWork, people: list[tuple[int, str, str | None]]) -> None:
    found = tuple(_person(*person) for person in people)
    meetings = tuple(
        Interaction(n, f"m{n}-{person.external_id}", TODAY, "meeting", "mutual", (Guest(emails=person.emails),))
        for n, person in enumerate(found)
        if n % 2
    )
    gathered = Gathered("linkedin", found, meetings, (), len(found) + len(meetings), 0, (), ())
    carry_out(uow, plan(uow.read, gathered))


def _person(number: int, company: str, title: str | None) -> Person:
    name = (*PEOPLE, "hal", "ida")[number]
    return Person(
        number + 2, f"in/{number}", name, (f"https://x.example/{name}",), (f"{name}@x.example",), company, title, TODAY
    )


DOERS: dict[str, Callable[..., Any]] = {
    "add contact": contacts.add_contact,
    "edit contact": contacts.edit_contact,
    "rename contact": lambda uow, who, name: contacts.rename_contact(uow, who, name, None),
    "archive contact": lambda uow, who, back: contacts.archive_contacts(uow, [who], back=back),
    "snooze": lambda uow, who, until: contacts.snooze(uow, who, until, None),
    "merge contacts": merge.merge_contacts,
    "delete contact": contacts.delete_contact,
    "log": log,
    "amend": lambda uow, words, number, remove: amend(uow, AmendWords(words, str(number), remove)),
    "delete interaction": lambda uow, number: interactions.delete_interaction(uow, str(number)),
    "add objective": objectives.add_objective,
    "edit objective": objectives.edit_objective,
    "close objective": lambda uow, key, status: objectives.set_status(
        uow, key, status, "done" if status == "achieved" else None
    ),
    "add promise": followups.add_followup,
    "close promise": lambda uow, number, status: followups.close_followups(uow, [str(number)], status),
    "add circle": lambda uow, name, every: circles.add_circle(uow, name, every, None),
    "edit circle": lambda uow, name, every: circles.edit_circle(uow, name, None, every, None),
    "remove circle": circles.remove_circle,
    "keep": keep,
    "add group": groups.add_group,
    "edit group": lambda uow, typed, who, without: groups.edit_group(uow, typed, None, who, without),
    "delete group": groups.delete_group,
    "add opportunity": lambda uow, words, title: opportunities.add_opportunity(uow, title, words, "lead", TODAY),
    "move opportunity": lambda uow, number, stage, words: opportunities.move_opportunity(
        uow, str(number), stage, words
    ),
    "close opportunity": lambda uow, number, words: opportunities.close_opportunity(
        uow, str(number), "won", None, words
    ),
    "rename organization": organizations.rename_organization,
    "merge organizations": organizations.merge_organizations,
    "import": _import,
}

WHO = st.sampled_from(PEOPLE)
SEVERAL = st.lists(WHO, min_size=1, max_size=7, unique=True)
KEY = st.sampled_from(KEYS)
TEXT = st.sampled_from(("x", "Zoë; O'Neil [red]", "a\nb\tc", "\x1b[2J", "100%", "日本"))
ORG = st.sampled_from(("Acme", "ACME Inc.", "Globex", "", None))
NUMBER = st.integers(1, 9)
AGO = st.integers(0, 400)
CIRCLE = st.sampled_from(("inner", "outer", "press"))
NAME = st.sampled_from(("Ann", "Zed Zedson", "O'Neil", "山田", "Dana 2"))


def _maybe(strategy: st.SearchStrategy[Any], default: Any = None) -> st.SearchStrategy[Any]:
    return st.one_of(st.just(default), strategy)


def day(ago: int) -> str:
    """The ISO day so many days before today."""
    return (TODAY - timedelta(days=ago)).isoformat()


GUEST = st.builds(GuestLine, st.just(2), WHO, _maybe(TEXT), st.sampled_from(((), ("tea", "SRE"))), st.just(()))
LOGGED = st.builds(
    LogWords,
    text=st.builds("{} {}".format, st.sampled_from(("about x", "", "+none", "+role about y", "#sre: z")), st.just("")),
    who=SEVERAL,
    kind=st.sampled_from(("coffee", "chat", "email", "message", "event", "intro")),
    on=AGO.map(day),
    objectives=_maybe(st.lists(KEY, max_size=2, unique=True), ()),
    topics=_maybe(st.just(["sre"]), ()),
    note=_maybe(TEXT), direction=_maybe(st.sampled_from(("in", "out", "mutual"))),
    mine=_maybe(st.just(["send it by tomorrow"]), ()),
    theirs=_maybe(st.just(["call @ann by in 2 weeks"]), ()),
    done=_maybe(NUMBER.map(lambda n: [str(n)]), ()),
    no_reply=st.booleans(), opportunity=_maybe(st.just("Staff role")),
    guests=_maybe(st.lists(GUEST, max_size=3, unique_by=lambda guest: guest.who), ()),
)  # fmt: skip
POSTED = st.builds(LogWords, text=st.sampled_from(("post: x #sre", "talk y +role", "article: z")), on=AGO.map(day))
INTRODUCED = st.builds(LogWords, intro=WHO, to=_maybe(WHO), via=_maybe(WHO), on=AGO.map(day))
CONTACT = st.builds(
    ContactWords,
    alias=_maybe(st.lists(TEXT.filter(str.isprintable), max_size=2), ()),
    email=_maybe(st.lists(st.sampled_from(("", "a@x.example", "ann@x.example", "B@x.example")), max_size=2), ()),
    org=ORG,
    title=_maybe(st.sampled_from(("CTO", "", "Lead"))),
    location=_maybe(st.sampled_from(("Berlin", ""))),
    birthday=_maybe(st.sampled_from(("29 Feb", "1988-11-20", ""))),
    circle=_maybe(_maybe(CIRCLE, "")),
    every=_maybe(st.integers(1, 400)),
    objectives=_maybe(st.lists(_maybe(KEY, ""), max_size=2), ()),
    topics=_maybe(st.lists(st.sampled_from(("sre", "", "hiring")), max_size=2), ()),
    introduced_by=_maybe(_maybe(WHO, "")),
    note=_maybe(TEXT),
)
OBJECTIVE = st.builds(
    objectives.ObjectiveWords,
    why=_maybe(TEXT),
    by=_maybe(st.just(TODAY + timedelta(days=90))),
    asks=_maybe(st.lists(_maybe(TEXT, ""), max_size=2), ()),
    topics=_maybe(st.lists(st.sampled_from(("sre", "")), max_size=2), ()),
    organizations=_maybe(st.lists(st.sampled_from(("Acme", "", "Umbrella")), max_size=2), ()),
    client=_maybe(_maybe(WHO, "")),
)

CAME_UP = st.builds(opportunities.OpportunityWords, organization=ORG, through=_maybe(_maybe(WHO, "")), note=_maybe(TEXT),
                    objective=_maybe(_maybe(KEY, "")), interactions=_maybe(st.just(("1",)), ()))  # fmt: skip


def _act(name: str, *told: st.SearchStrategy[Any]) -> st.SearchStrategy[Act]:
    return st.builds(Act, st.just(name), st.tuples(*told))


LOGS = _act("log", st.one_of(LOGGED, LOGGED, POSTED, INTRODUCED))
ACTS = st.one_of(
    LOGS,
    _act("add contact", st.builds(lambda words, name: words._replace(name=name), CONTACT, NAME)),
    _act("edit contact", WHO, CONTACT),
    _act("rename contact", WHO, NAME),
    _act("archive contact", WHO, st.booleans()),
    _act("snooze", WHO, _maybe(st.sampled_from(("off", "in 3 weeks")))),
    _act("merge contacts", WHO, WHO),
    _act("delete contact", WHO),
    _act("amend", LOGGED, NUMBER, _maybe(st.just(["role"]), ())),
    _act("delete interaction", NUMBER),
    _act("add objective", st.builds(lambda words, title: words._replace(title=title), OBJECTIVE, NAME)),
    _act("edit objective", KEY, OBJECTIVE),
    _act("close objective", KEY, st.sampled_from(("active", "paused", "achieved", "dropped"))),
    _act(
        "add promise",
        st.builds(followups.FollowupWords, text=st.just("send it"), who=_maybe(WHO), objective=_maybe(KEY)),
    ),
    _act("close promise", NUMBER, st.sampled_from(("done", "dropped"))),
    _act("add circle", CIRCLE, st.integers(1, 400)),
    _act("edit circle", CIRCLE, st.integers(1, 400)),
    _act("remove circle", CIRCLE, _maybe(CIRCLE)),
    _act("keep", st.builds(KeepWords, SEVERAL, circle=_maybe(CIRCLE), every=_maybe(st.integers(1, 400)),
                           objectives=_maybe(KEY.map(lambda k: [k]), ()), last=_maybe(AGO.map(day)))),
    _act("add group", st.sampled_from(("table", "club")), SEVERAL),
    _act("edit group", st.sampled_from(("table", "club")), SEVERAL, _maybe(SEVERAL, ())),
    _act("add opportunity", CAME_UP, st.sampled_from(("SRE lead", "CTO", "A talk"))),
    _act("move opportunity", NUMBER, _maybe(st.sampled_from(("talking", "won"))), CAME_UP),
    _act("close opportunity", NUMBER, CAME_UP),
    _act("delete group", st.sampled_from(("table", "club"))),
    _act("rename organization", st.sampled_from(("Acme", "Globex")), st.sampled_from(("Umbrella", "Acme Ltd"))),
    _act("merge organizations", st.sampled_from(("Acme", "Globex")), st.sampled_from(("Umbrella", "Globex"))),
    _act("import", st.lists(st.tuples(st.integers(0, 8), st.sampled_from(("Acme", "Globex", "Umbrella")),
                                      _maybe(st.just("CTO"))), min_size=1, max_size=4)),
)  # fmt: skip


@cache
def _begun() -> bytes:
    """A journal with the people and objectives that acts name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        with store.writing(path, "begin", TODAY, NOW) as uow:
            for key in KEYS:
                objectives.add_objective(uow, objectives.ObjectiveWords(title=key, topics=("sre",)))
            for n, name in enumerate(PEOPLE):
                link = (KEYS[n % 2],) if n < 4 else ()
                contacts.add_contact(uow, ContactWords(name=name, every=10 * n + 7, objectives=link, org="Acme"))
        return path.read_bytes()


@contextmanager
def journal() -> Iterator[Path]:
    """A journal that has begun, on a real file, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        place(path, _begun())
        yield path


def perform(path: Path, act: Act) -> bool:
    """Do one command in a transaction of its own; say whether it was refused."""
    try:
        with store.writing(path, act.name, TODAY, NOW) as uow:
            act.on(uow)
    except NetjError:
        return False
    return True


def exported(path: Path) -> bytes:
    """The whole export."""
    out = io.BytesIO()
    with store.reading(path) as connection:
        write_ndjson(records(connection), out)
    return out.getvalue()


def contents(path: Path) -> dict[str, list[Any]]:
    """Every row of every table that undo looks after."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: sorted(connection.execute(f'SELECT * FROM "{table}"'), key=repr)
            for table in changes.tracked_tables(connection)
        }


def action_count(path: Path) -> int:
    """How many actions were written down."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM action").fetchone()[0])
