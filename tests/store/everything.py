"""A journal with at least two rows in every table, written through the unit of work, and ways to look at all of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from kept import place
from netjournal import store
from netjournal.store.sqlite import changes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from netjournal.store.unit_of_work import UnitOfWork

TODAY = date(2026, 11, 23)
DAY = "2026-11-02"
NOW = "2026-11-23T10:00:00Z"

State = dict[str, tuple[bytes, int]]
Rows = dict[str, list[tuple[Any, ...]]]


def writing(path: Path, command: str = "test") -> AbstractContextManager[UnitOfWork]:
    """One transaction and one action."""
    return store.writing(path, command, TODAY, NOW)


def fill(path: Path) -> None:
    """Make the journal; every second row is tied to the first where the tables allow it."""
    with writing(path, "fill") as uow:
        org = uow.add_record("organization", name="Acme", name_key="acme")
        other = uow.add_record("organization", name="Umbrella", name_key="umbrella")
        circle = uow.add_record("circle", name="weekly", name_key="weekly", every_days=7)
        group = uow.add_record("contact_group", name="Tuesday", name_key="tuesday")
        second_group = uow.add_record("contact_group", name="Friday", name_key="friday")
        people = [_person(uow, n, circle) for n in (1, 2, 3)]
        uow.change("contact", {"id": people[1]}, introduced_by_id=people[0])
        goals = [_objective(uow, n, people[0], (org, other)[n - 1]) for n in (1, 2)]
        for n, person in enumerate(people[:2], start=1):
            _belongings(uow, n, person, (org, other)[n - 1], goals[0])
            uow.add("group_member", group_id=(group, second_group)[n - 1], contact_id=person)
            uow.add("organization_alias", organization_id=org, alias=f"Acme {n}", alias_key=f"acme {n}")
        for n in (1, 2):
            _meeting(uow, n, people, goals[n - 1], org)


_FULL: list[bytes] = []


def full(path: Path) -> Path:
    """Put the same journal at a path: made once, and copied for everybody after."""
    if not _FULL:
        fill(path)
        _FULL.append(path.read_bytes())
    place(path, _FULL[0])
    return path


def act(path: Path) -> None:
    """Add two meetings, then change and take away what is theirs in four more actions: what undo must still know."""
    with writing(path, "log") as uow:
        for n in (3, 4):
            _meeting(uow, n, [1, 2, 3], 1, 1)
    with writing(path, "amend") as uow:
        uow.remove("touch", contact_id=2, interaction_id=3)
        uow.change("interaction", {"id": 3}, on_day="2026-10-30", kind="email", direction="in", exposure=1)
        uow.remove("touch", contact_id=1, interaction_id=3)
    with writing(path, "merge") as uow:
        uow.change("touch", {"contact_id": 1, "interaction_id": 4}, contact_id=3)
    with writing(path, "delete") as uow:
        uow.remove("interaction", id=4)
    with writing(path, "amend") as uow:
        uow.change("interaction", {"id": 1}, kind="call", direction="out")


def _person(uow: UnitOfWork, n: int, circle: int) -> int:
    return uow.add_record(
        "contact",
        handle=f"person-{n}",
        name=f"Zoë Person{n}",
        name_key=f"zoe person{n}",
        location=f"Town{n}",
        met=f"at the fair {n}",
        note=f"likes tea {n}",
        circle_id=circle,
        every_days=30,
        added_on=DAY,
    )


def _objective(uow: UnitOfWork, n: int, client: int, org: int) -> int:
    objective = uow.add_record(
        "objective",
        key=f"goal-{n}",
        title=f"Platform goal {n}",
        why=f"because {n}",
        looking_for=f"roles {n}",
        done_when=f"signed {n}",
        outcome=f"came out {n}",
        client_id=client,
        opened_on=DAY,
    )
    uow.add("objective_ask", objective_id=objective, ask=f"ask {n}", position=0)
    uow.add("objective_topic", objective_id=objective, topic=f"topic{n}")
    uow.add("objective_organization", objective_id=objective, organization_id=org)
    return objective


def _belongings(uow: UnitOfWork, n: int, person: int, org: int, objective: int) -> None:
    uow.add("contact_alias", contact_id=person, alias=f"Zed{n}", alias_key=f"zed{n}")
    uow.add("contact_method", contact_id=person, kind="email", value=f"z{n}@x.org", value_key=f"z{n}@x.org", position=0)
    uow.add("affiliation", contact_id=person, organization_id=org, title="Lead")
    uow.add("contact_topic", contact_id=person, topic="sre")
    uow.add("contact_source", source="vcard", external_id=f"v{n}", contact_id=person, told="Lead, Acme")
    uow.add("contact_card", contact_id=person, rest=f"X-SHOE-SIZE:4{n}")
    uow.add("contact_objective", contact_id=person, objective_id=objective)
    uow.add_record("signal", contact_id=person, kind="job", text=f"new job {n}", on_day=DAY, source="linkedin")


def _meeting(uow: UnitOfWork, n: int, people: list[int], objective: int, org: int) -> None:
    meeting = uow.add_record(
        "interaction",
        on_day=f"2026-11-0{n}",
        kind="coffee",
        direction="mutual",
        exposure=0,
        summary=f"hiring talk {n}",
        note=f"secret plans {n}",
        gave=f"book {n}",
        got=f"advice {n}",
    )
    for person in people[:2]:
        copied = {"on_day": f"2026-11-0{n}", "exposure": 0, "kind": "coffee", "direction": "mutual"}
        uow.add("touch", contact_id=person, interaction_id=meeting, **copied)
        uow.add("touch_note", contact_id=person, interaction_id=meeting, note=f"seemed tired {n}")
        uow.add("touch_topic", interaction_id=meeting, contact_id=person, topic=f"ebpf{n}")
    uow.add("support", interaction_id=meeting, objective_id=objective)
    uow.add("interaction_topic", interaction_id=meeting, topic="hiring")
    uow.add("interaction_source", source="ics", external_id=f"i{n}", interaction_id=meeting)
    uow.add(
        "introduction",
        interaction_id=meeting,
        contact_id=people[0],
        to_contact_id=people[1],
        via_contact_id=people[2],
    )
    uow.add_record(
        "followup",
        text=f"send deck {n}",
        owner="me",
        by_day=DAY,
        contact_id=people[0],
        objective_id=objective,
        interaction_id=meeting,
        opened_on=DAY,
    )
    opportunity = uow.add_record(
        "opportunity",
        title=f"Staff role {n}",
        organization_id=org,
        through_id=people[0],
        objective_id=objective,
        direction="in",
        stage="lead",
        note=f"pays well {n}",
        opened_on=DAY,
    )
    uow.add("opportunity_interaction", opportunity_id=opportunity, interaction_id=meeting)


def state(folder: Path) -> State:
    """Every file of a folder with its bytes and the time of its last change."""
    return {
        str(file.relative_to(folder)): (file.read_bytes(), file.stat().st_mtime_ns)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def read(path: Path) -> list[tuple[object, ...]]:
    """Ask for the names of the contacts, by both ways to ask."""
    with store.reading(path) as connection:
        return connection.rows("SELECT name FROM contact ORDER BY id") + list(
            connection.each("SELECT word FROM (SELECT :word AS word) WHERE word <> ''", {"word": ""})
        )


def write(path: Path) -> None:
    """Write one row."""
    with writing(path) as uow:
        uow.add_record("organization", name="New", name_key="new")


def raw(path: Path) -> closing[sqlite3.Connection]:
    """A plain connection beside the program's own, with foreign keys in force."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    return closing(connection)


def contents(path: Path) -> Rows:
    """Every row of every table that undo looks after, by table."""
    with raw(path) as connection:
        names = list(changes.tracked_tables(connection))
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for name in names}


def newest_action(path: Path) -> int:
    """The id of the newest action."""
    with raw(path) as connection:
        return int(connection.execute("SELECT max(id) FROM action").fetchone()[0])
