"""Reading the JSON export of Monica 4."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from netjournal.errors import InputFileError
from netjournal.interchange.records import Guest, Interaction, Item, Options, Person, Promise, Remark, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.trackers import monica
from rows import rows

FILE = Path(__file__).parent / "fixtures" / "trackers" / "monica-4-export.json"
OPTIONS = Options(date(2026, 11, 23))
ANN = Guest("Ann Lee", external_id="u1")


def read(data: bytes) -> list[Item]:
    return list(monica.read(from_bytes(data, "monica.json"), OPTIONS))


def part(kind: str, *values: Any) -> dict[str, Any]:
    return {"count": len(values), "type": kind, "values": list(values)}


def entry(uuid: str, /, **properties: Any) -> dict[str, Any]:
    return {"uuid": uuid, "created_at": "2026-01-10T08:00:00Z", "properties": properties}


def contact(uuid: str, *parts: dict[str, Any], **properties: Any) -> dict[str, Any]:
    return {**entry(uuid, **properties), "data": list(parts)}


def export(*data: dict[str, Any], **account: Any) -> list[Item]:
    whole = {"version": "1.0-preview.1", "account": {"data": list(data), **account}}
    return read(json.dumps(whole).encode())


def of_ann(*parts: dict[str, Any], **properties: Any) -> list[Item]:
    return export(part("contacts", contact("u1", *parts, first_name="Ann", last_name="Lee", **properties)))


def person(*parts: dict[str, Any], **properties: Any) -> Person:
    (found,) = (item for item in of_ann(*parts, **properties) if isinstance(item, Person))
    return found


def test_the_sample_is_two_people_a_call_and_two_promises() -> None:
    items = read(FILE.read_bytes())
    assert [type(item) for item in items] == [Person, Interaction, Promise, Promise, Person]
    ingrid, call, deck, intro, bo = items
    assert ingrid == Person(
        1,
        "00000000-0000-4000-8000-000000000001",
        "Ingrid Solberg",
        emails=("ingrid.solberg@example.com",),
        company="Fjord Analytics, Inc.",
        title="Head of Data",
        phones=("+47 555 01 23",),
        aliases=("Inga",),
        birthday="--04-12",
        note="2026-01-10: Met at PyCon.\nAsk about platform.",
        topics=("mentor", "data"),
        every_days=60,
    )
    assert isinstance(call, Interaction)
    assert (call.kind, call.on, call.summary) == ("call", date(2026, 3, 2), "About the deck")
    assert isinstance(deck, Promise)
    assert isinstance(intro, Promise)
    assert (deck.by, intro.by, intro.done_on) == (date(2026, 11, 25), OPTIONS.today, None)
    assert isinstance(bo, Person)
    assert bo.archived


def test_keys_of_different_parts_never_meet_though_their_uuids_do() -> None:
    keys = [item.external_id for item in read(FILE.read_bytes()) if isinstance(item, Person | Interaction | Promise)]
    assert len(set(keys)) == len(keys)
    calls = [contact(uuid, part("call", entry("c", called_at="2026-01-01")), first_name="A") for uuid in ("u1", "u2")]
    found = [item.external_id for item in export(part("contact", *calls)) if isinstance(item, Interaction)]
    assert found == ["call:c", "call:u2:c"]


def test_fields_are_told_by_the_types_of_the_account() -> None:
    types = [
        {"uuid": "t1", "properties": {"name": "Telegram", "protocol": "telegram:"}},
        {"uuid": "t2", "properties": {"name": "Mail", "protocol": "mailto:"}},
    ]
    values = [
        entry("f1", data="mailto:ann@example.com", type="t2"),
        entry("f2", data="@ann", type="t1"),
        entry("f3", data="https://example.com/ann", type="t1"),
        entry("f4", data="+47 555 01 99", type="unknown"),
        entry("f5", data="ann@work.example", type="unknown"),
    ]
    items = export(
        part("contact", contact("u1", part("contact_field", *values), first_name="Ann")),
        instance={"contact_field_types": types},
    )
    (ann,) = items
    assert isinstance(ann, Person)
    assert ann.emails == ("ann@example.com", "ann@work.example")
    assert (ann.phones, ann.urls, ann.note) == (("+47 555 01 99",), ("https://example.com/ann",), "Telegram: @ann")


def test_birthdays_that_are_guessed_from_an_age_are_none() -> None:
    def born(**said: Any) -> str | None:
        return person(birthdate={"date": "1988-06-15T00:00:00Z", **said}).birthday

    assert born() == "1988-06-15"
    assert born(is_year_unknown=True) == "--06-15"
    assert born(is_age_based=True) is None
    assert any(isinstance(item, Remark) for item in of_ann(birthdate={"date": "June"}))


def test_a_contact_keeps_its_place_its_tags_and_how_you_met() -> None:
    ann = person(
        part("addresses", entry("a", street="Main 1"), entry("b", city="Oslo", country="NO")),
        part("notes", {**entry("n2", body="Later"), "created_at": "2026-02-01T23:59:00Z"}, entry("n1", body="Sooner")),
        tags=["Close Friend", {"name": "C++"}],
        first_met_date={"date": "2019-05-01T00:00:00Z"},
        description="Likes the sea.",
        stay_in_touch_frequency=True,
    )
    assert (ann.location, ann.topics, ann.every_days) == ("Oslo, NO", ("close-friend", "c++"), None)
    assert ann.note == "First met on 2019-05-01.\nLikes the sea.\n2026-01-10: Sooner\n2026-02-01: Later"


def test_what_happened_in_a_life_is_noted_and_not_told_as_left_out() -> None:
    (ann,) = of_ann(part("life_events", entry("l", name="Moved house", happened_at="2026-02-03")))
    assert isinstance(ann, Person)
    assert ann.note == "2026-02-03: Moved house"


def test_nobody_is_to_be_reminded_of_the_dead() -> None:
    assert person(is_dead=True).archived
    assert not person(is_dead=False, is_active=True).archived


def test_an_activity_has_everybody_who_lists_it() -> None:
    people = [contact(u, part("activity", "a1"), first_name=u) for u in ("u1", "u2")]
    activity = entry("a1", summary="Dinner downtown", description="Long.", happened_at="2026-05-01")
    items = export(
        part("activity", activity, entry("a2", summary="Alone", happened_at="2026-05-02")), part("contact", *people)
    )
    (dinner,) = (item for item in items if isinstance(item, Interaction))
    assert (dinner.external_id, dinner.kind, dinner.summary, dinner.note) == (
        "activity:a1",
        "meal",
        "Dinner downtown",
        "Long.",
    )
    assert [guest.external_id for guest in dinner.guests] == ["u1", "u2"]
    assert [item.reason for item in items if isinstance(item, Skipped)] == ["names nobody"]


def test_an_activity_inside_of_contacts_is_one() -> None:
    inside = entry("a1", summary="Coffee", happened_at="2026-05-01")
    people = [contact(u, part("activities", inside), first_name=u) for u in ("u1", "u2")]
    for beside in ((), (part("activities", inside),)):
        (coffee,) = (item for item in export(part("contacts", *people), *beside) if isinstance(item, Interaction))
        assert (coffee.kind, len(coffee.guests)) == ("coffee", 2)


def test_activities_written_by_hand_without_uuids_are_as_many_as_they_say() -> None:
    coffee, dinner = ({"properties": {"summary": s, "happened_at": "2026-05-01"}} for s in ("Coffee", "Dinner"))
    people = [
        contact(u, part("activities", *held), first_name=u) for u, held in (("u1", [coffee, dinner]), ("u2", [dinner]))
    ]
    made = [item for item in export(part("contacts", *people)) if isinstance(item, Interaction)]
    assert [(item.summary, len(item.guests)) for item in made] == [("Coffee", 1), ("Dinner", 2)]


def test_a_conversation_is_a_message_one_way_or_both() -> None:
    def way(*mine: bool) -> Interaction:
        messages = [{"properties": {"content": f"said {n}", "written_by_me": m}} for n, m in enumerate(mine)]
        items = of_ann(part("conversation", {"properties": {"happened_at": "2026-05-01", "messages": messages}}))
        (found,) = (item for item in items if isinstance(item, Interaction))
        return found

    assert (way(True).direction, way(False).direction, way(True, False).direction) == ("out", "in", "mutual")
    both = way(True, False)
    assert (both.kind, both.summary, both.note) == ("message", "said 0", "Me: said 0\nThem: said 1")
    assert both.external_id == way(True, False).external_id != way(True, True).external_id


@rows(
    ("said", "by"),
    [
        ({"frequency_type": "one_time"}, date(2026, 1, 31)),
        ({"frequency_type": "week", "frequency_number": 2}, date(2026, 12, 5)),
        ({"frequency_type": "month", "frequency_number": 1}, date(2026, 11, 30)),
        ({"frequency_type": "month", "frequency_number": 0}, date(2026, 11, 30)),
    ],
)
def test_a_reminder_is_a_promise_by_its_next_day(said: dict[str, Any], by: date) -> None:
    items = of_ann(part("reminder", entry("r", title="Write", initial_date="2026-01-31", **said)))
    assert items[1:] == [Promise(1, "reminder:r", "Write", by, ANN)]


def test_yearly_and_switched_off_reminders_are_left_out() -> None:
    yearly = entry("r", title="Birthday", initial_date="2026-01-31", frequency_type="year")
    items = of_ann(part("reminders", yearly, entry("s", title="No", initial_date="2026-12-31", inactive=True)))
    assert items[1:] == [Skipped(1, "a yearly reminder"), Skipped(1, "a reminder that is switched off")]


def test_a_task_that_was_completed_is_a_promise_kept() -> None:
    done = entry("t", title="Send", completed=True, completed_at="2026-02-03T10:00:00Z")
    assert of_ann(part("task", done))[1:] == [Promise(1, "task:t", "Send", date(2026, 2, 3), ANN, date(2026, 2, 3))]


def test_what_has_no_place_here_is_counted_and_what_is_wrong_is_told() -> None:
    items = export(
        part(
            "contact",
            contact("u1", part("gift", {}), part("call", entry("c", called_at="?"), 7), first_name="A"),
            contact("u2"),
            3,
        ),
        part("relationships", {}, {}),
        part("user", {}),
        properties={"journal_entries": [{}]},
    )
    assert [(item.reason, item.bad) for item in items if isinstance(item, Skipped)] == [
        ("a gift", False),
        ("its day cannot be read", True),
        ("no record", True),
        ("no name", True),
        ("no uuid", True),
        ("a relationship", False),
        ("a relationship", False),
        ("names nobody", False),
    ]


def test_only_its_own_files_are_read() -> None:
    assert monica.recognises(from_bytes(FILE.read_bytes()))
    assert not monica.recognises(from_bytes(b'{"tags": {}, "entries": []}'))
    for data in (b"[]", b"{}", b'{"account": {"data": 1}}', b"{", b""):
        with pytest.raises(InputFileError):
            read(data)
