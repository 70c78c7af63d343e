"""Who took part in an event, from its attendees and its organizer."""

from __future__ import annotations

from icalendar import vCalAddress

from netjournal.interchange.ical.people import address, display_name, others, parties
from netjournal.interchange.records import Guest
from rows import rows

ME = frozenset({"nora.keeper@example.com"})


def attendee(value: str, **params: str) -> vCalAddress:
    return vCalAddress(value, params=params)


def guests(*attendees: vCalAddress, organizer: vCalAddress | None = None) -> tuple[Guest, ...]:
    return others(parties(attendees, [organizer] if organizer else []), ME).guests


@rows(
    ("value", "email"),
    [
        ("mailto:zoe@example.com", "zoe@example.com"),
        ("MAILTO:mailto:Zoe@Example.com", "Zoe@Example.com"),
        ("mailto:hcabot@ example.com", "hcabot@example.com"),
        ("mailto:zoe@example.com?subject=x", "zoe@example.com"),
        ("'zoe@example.com'", "zoe@example.com"),
        ("zoe@example.com", "zoe@example.com"),
        ("urn:uuid:1234", None),
        ("invalid:nomail", None),
        ("/o=ExchangeLabs/ou=Exchange/cn=zoe", None),
        ("mailto:", None),
        (f"mailto:{'z' * 300}@example.com", None),
    ],
)
def test_an_address_is_read_in_any_case_and_without_the_blanks_of_broken_folds(value: str, email: str | None) -> None:
    assert address(value) == email


@rows(
    ("typed", "name"),
    [
        ("Zoë Brandt", "Zoë Brandt"),
        ("  'Zoë   Brandt' ", "Zoë Brandt"),
        ('"Zoë Brandt"', "Zoë Brandt"),
        ("zoe@example.com", None),
        ("\"'zoe@example.com'\"", None),
        ("mailto:zoe", None),
        ("", None),
        ("Brandt, Zoë", "Zoë Brandt"),
        ("Brandt, Zoë (Sales)", "Zoë Brandt"),
        ("de la Cruz, Ana María", "Ana María de la Cruz"),
        ("Zoë Brandt, PhD", "Zoë Brandt, PhD"),
        ("Zoë Brandt, M.D.", "Zoë Brandt, M.D."),
        ("Bo, Harbour & Stone", "Bo, Harbour & Stone"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Brandt, Solberg, Reyes", "Brandt, Solberg, Reyes"),
        ("Miles O'Brien", "Miles O'Brien"),
    ],
)
def test_a_name_is_what_a_person_would_write(typed: str, name: str | None) -> None:
    assert display_name(typed) == name


def test_the_organizer_and_each_attendee_are_there_once_with_the_better_name() -> None:
    found = guests(
        attendee("mailto:Zoe@example.com", CN="Zoë Brandt"),
        attendee("mailto:bo@example.net"),
        organizer=attendee("mailto:zoe@example.com", CN="zoe@example.com"),
    )
    assert found == (Guest("Zoë Brandt", ("Zoe@example.com",)), Guest(None, ("bo@example.net",)))


def test_the_owner_is_left_out_in_any_case() -> None:
    assert guests(attendee("MAILTO:Nora.Keeper@Example.com", CN="Nora")) == ()


@rows(
    "nobody",
    [
        attendee("mailto:zoe@example.com", PARTSTAT="DECLINED"),
        attendee("mailto:zoe@example.com", PARTSTAT="delegated"),
        attendee("invalid:nomail", CN="Zoë", PARTSTAT="DECLINED"),
        attendee("mailto:r4@example.com", CUTYPE="RESOURCE"),
        attendee("mailto:r4@example.com", CUTYPE="room", CN="Room 4"),
        attendee("mailto:c_18@resource.calendar.google.com", CN="Room 4"),
        attendee("mailto:team@group.calendar.google.com"),
        attendee("mailto:de#holiday@group.v.calendar.google.com"),
        attendee("mailto:unknown@virtual"),
        attendee("urn:uuid:12"),
    ],
)
def test_rooms_calendars_and_those_who_declined_are_nobody(nobody: vCalAddress) -> None:
    assert guests(nobody) == ()


def test_an_organizer_who_declined_as_an_attendee_stays_away() -> None:
    declined = attendee("mailto:zoe@example.com", PARTSTAT="DECLINED")
    assert guests(declined, organizer=attendee("mailto:ZOE@example.com", CN="Zoë")) == ()


def test_whether_the_owner_declined_is_known() -> None:
    declined = attendee("mailto:nora.keeper@example.com", PARTSTAT="DECLINED")
    assert others(parties([declined, attendee("mailto:zoe@example.com")], []), ME).owner_declined
    assert not others(parties([declined], []), frozenset()).owner_declined


def test_somebody_without_an_address_is_known_by_name_and_apples_parameter_is_an_address() -> None:
    found = guests(attendee("invalid:nomail", CN="Zoë Brandt"), attendee("/a/principal/", EMAIL="bo@example.net"))
    assert found == (Guest("Zoë Brandt"), Guest(None, ("bo@example.net",)))
