"""Mail: between whom it went, on which day, about what; and what is left out."""

from __future__ import annotations

from datetime import date

from mails import FIXTURE, OPTIONS, ZOE, items, message, one, people, reason, sent, told

from netjournal.interchange.mail import read, recognises
from netjournal.interchange.records import Guest, Interaction, Skipped
from netjournal.interchange.sources import from_bytes
from rows import rows


def test_the_mailbox_of_takeout_gives_a_mail_sent_to_two_and_one_received_and_counts_one_bulk() -> None:
    source = from_bytes(FIXTURE, "All mail Including Spam and Trash.mbox")
    assert recognises(source)
    two = (Guest("Zoë Brandt", ("zoe@example.com",)), Guest("Tomás Reyes", ("tomas@example.com",)))
    summary = "café on Thursday?"
    assert list(read(source, OPTIONS._replace(me=("nora.keeper@example.com",)))) == [
        Interaction(1, "CAAA1@mail.gmail.com", date(2026, 11, 3), "email", "out", two, summary),
        Interaction(2, "CAAA2@mail.gmail.com", date(2026, 11, 4), "email", "in", two[:1], summary),
        Skipped(3, "bulk or automatic"),
    ]


def test_mail_from_any_address_of_the_owner_went_out_to_all_in_to_and_cc_but_the_owner() -> None:
    fields = {
        "from": "nora@work.example",
        "cc": "nora+list@example.com, Bo <bo@example.org>",
        "bcc": "hidden@example.org",
    }
    item = one(message(to=ZOE, **fields), OPTIONS._replace(me=("nora@example.com", "mailto:NORA@work.example")))
    assert isinstance(item, Interaction)
    assert item.direction == "out"
    assert [guest.emails for guest in item.guests] == [("zoe@example.org",), ("bo@example.org",)]


def test_mail_received_is_with_its_sender_only() -> None:
    assert people(to="nora@example.com, bo@example.org", cc="al@example.org") == [("Zoë Brandt", "zoe@example.org")]
    assert told(to="undisclosed-recipients:;").direction == "in"
    assert people(**{"from": "bo@example.org, al@example.org"}) == [(None, "bo@example.org")]


@rows(
    ("field", "expected"),
    [
        ("bo@example.org", [(None, "bo@example.org")]),
        ("<bo@example.org>", [(None, "bo@example.org")]),
        ('"Brandt, Bo" <bo@example.org>', [("Bo Brandt", "bo@example.org")]),
        ('"Acme, Inc." <bo@example.org>', [("Acme, Inc.", "bo@example.org")]),
        (r'"Bo \"the Bear\" Brandt" <bo@example.org>', [('Bo "the Bear" Brandt', "bo@example.org")]),
        ("\"'bo@example.org'\" <bo@example.org>", [(None, "bo@example.org")]),
        ("'Bo' <bo@example.org>", [("Bo", "bo@example.org")]),
        ("bo@example.org (Bo Brandt)", [(None, "bo@example.org")]),
        ("Bo (at work) <bo@example.org>", [("Bo", "bo@example.org")]),
        (", bo@example.org,, al@example.org", [(None, "bo@example.org"), (None, "al@example.org")]),
        ("bo@example.org; Al <al@example.org>", [(None, "bo@example.org"), ("Al", "al@example.org")]),
        ("Team: Bo <bo@example.org>, al@example.org;", [("Bo", "bo@example.org"), (None, "al@example.org")]),
        ("=?iso-8859-1?Q?J=F8rgen_Bakke?= <jb@example.org>", [("Jørgen Bakke", "jb@example.org")]),
        ('"=?utf-8?b?WXVraSDwn4y4?=" <yuki@example.org>', [("Yuki 🌸", "yuki@example.org")]),
        ("Müller <m@bücher.example>, m@xn--bcher-kva.example", [("Müller", "m@bücher.example")]),
        ("Bo <bo@example.org>, BO@Example.org", [("Bo", "bo@example.org")]),
        ('"odd,one"@example.org', [(None, '"odd,one"@example.org')]),
        ("root, bo@example.org, @, a@, <>", [(None, "bo@example.org")]),
        ("b\x00o@example.org, al@example.org", [(None, "al@example.org")]),
        ("Bo\n <bo@example.org>,\n\tAl <al@example.org>", [("Bo", "bo@example.org"), ("Al", "al@example.org")]),
    ],
)  # fmt: skip
def test_addresses_are_read_in_every_form_that_is_written(field: str, expected: list[tuple[str | None, str]]) -> None:
    assert sent(field) == expected


def test_raw_windows_1252_in_a_name_is_read() -> None:
    data = message().replace("Zoë".encode(), b"Zo\xeb")
    item = one(data)
    assert isinstance(item, Interaction)
    assert item.guests[0].name == "Zoë Brandt"


@rows(
    ("subject", "summary"),
    [
        ("Re: AW: Fwd: Wg: lunch?", "lunch?"),
        ("RE[2]: Re (3) : lunch", "lunch"),
        ("Regarding: lunch", "Regarding: lunch"),
        ("=?UTF-8?B?UmU6IGNhZg==?=\n =?UTF-8?B?w6k=?= on =?ISO-8859-1?Q?M=E4rz?=", "café on März"),
        ("=?utf-8?q?caf=C3?= =?utf-8?q?=A9?=", "café"),
        ("=?x-unknown?q?caf=C3=A9?= =?utf-8?b?!?=", "café"),
        ("two\n  lines", "two lines"),
        ("a\x00\x1b[31mred", "a[31mred"),
        ("x" * 3_000, "x" * 1_999 + "…"),
        ("Re: ", None),
        (None, None),
    ],
)
def test_the_summary_is_the_subject_as_people_read_it(subject: str | None, summary: str | None) -> None:
    assert told(subject=subject)[6:8] == (summary, None)


@rows(
    ("fields", "expected"),
    [
        ({"list_unsubscribe": "<https://example.net/u>"}, "bulk or automatic"),
        ({"list_id": "<l.example.net>"}, "bulk or automatic"),
        ({"precedence": "Bulk"}, "bulk or automatic"),
        ({"auto_submitted": "auto-replied; owner-email=x"}, "bulk or automatic"),
        ({"from": "Shop <no-reply@example.net>"}, "bulk or automatic"),
        ({"from": "orders.donotreply@example.net"}, "bulk or automatic"),
        ({"from": "MAILER-DAEMON@example.net"}, "bulk or automatic"),
        ({"from": "bounces+123-nora@example.net"}, "bulk or automatic"),
        ({"return_path": "<>"}, "bulk or automatic"),
        ({"list_post": "<mailto:l@example.net>", "to": "l@example.net"}, "bulk or automatic"),
        ({"from": "nora@example.com", "to": "noreply@example.net"}, "bulk or automatic"),
        ({"x_gmail_labels": "Opened,Chat"}, "a chat"),
        ({"x_gmail_labels": "Drafts"}, "draft"),
        ({"x_gmail_labels": "=?UTF-8?Q?Entw=C3=BCrfe,Ge=C3=B6ffnet?="}, "draft"),
        ({"x_gmail_labels": "Spam,Unread"}, "spam"),
        ({"x_spam_flag": "YES"}, "spam"),
        ({"x_gmail_labels": "Inbox,Trash"}, "in the trash"),
        ({"x_mozilla_status": "0009"}, "in the trash"),
        ({"x_status": "AD"}, "in the trash"),
        ({"x_mozilla_draft_info": "internal/draft; vcard=0"}, "draft"),
        ({"date": None, "message_id": None}, "draft"),
        ({"from": "nora@example.com", "to": "nora@example.com"}, "nobody else in it"),
        ({"from": "nora@example.com", "to": "undisclosed-recipients:;"}, "nobody else in it"),
        ({"from": "nora@example.com", "to": None}, "nobody else in it"),
        ({"from": "nora@example.com", "to": ", ".join(f"p{n}@example.org" for n in range(11))}, "to more than 10 people"),
        ({"date": "Wed, 25 Nov 2026 09:15:00 +0100"}, "in the future"),
    ],
)  # fmt: skip
def test_what_is_no_mail_between_people_is_counted_by_its_reason(fields: dict[str, str | None], expected: str) -> None:
    assert reason(**fields) == expected


@rows(
    "fields",
    [
        {"auto_submitted": "no"},
        {"x_mozilla_status": "0001"},
        {"x_gmail_labels": "Inbox,Opened,Chatter"},
        {"list_post": "<mailto:l@example.net>", "cc": "Nora <nora@example.com>", "to": "l@example.net"},
        {"from": "Reply Norris <norris.reply@example.net>"},
        {"return_path": "<zoe@example.org>"},
        {"from": "nora@example.com", "to": ", ".join(f"p{n}@example.org" for n in range(10)) + ", nora@example.com"},
    ],
)
def test_what_only_looks_like_that_is_kept(fields: dict[str, str | None]) -> None:
    told(**fields)


def test_a_message_outside_the_days_asked_for_is_left_out() -> None:
    for options in (OPTIONS._replace(since=date(2026, 11, 4)), OPTIONS._replace(until=date(2026, 11, 2))):
        assert one(message(), options) == Skipped(1, "outside --since and --until")
    inside = OPTIONS._replace(since=date(2026, 11, 3), until=date(2026, 11, 3))
    assert isinstance(one(message(), inside), Interaction)


@rows(
    ("written", "day"),
    [
        ("Tue, 3 Nov 2026 23:30:00 +0000", date(2026, 11, 4)),
        ("Wed, 4 Nov 2026 00:30:00 +0200 (EET)", date(2026, 11, 3)),
        ("Tue, 3 Nov 2026 23:30:00 -0000", date(2026, 11, 4)),
        ("Tue, 3 Nov 2026 23:30:00", date(2026, 11, 3)),
        ("3 Nov 26 12:00 EST", date(2026, 11, 3)),
        ("2026-11-03T23:30:00Z", date(2026, 11, 4)),
    ],
)
def test_the_day_is_that_of_the_readers_own_calendar(written: str, day: date) -> None:
    assert told(date=written).on == day


@rows("written", ["soon", "", "Thu, 1 Jan 1970 00:00:00 +0000", "Tue, 99 Nov 2026 25:00:00 +9999"])
def test_a_date_that_cannot_be_read_is_that_of_the_line_before_or_costs_the_message(written: str) -> None:
    data = message(date=written)
    assert one(data) == Skipped(1, "no day that can be read", bad=True)
    for line in (
        b"From 18@xxx Tue Nov 03 23:30:00 +0000 2026\r\n",
        b"From - Tue Nov  3 23:30:00 2026\n",
        b"From x@y Tue Nov 03 22:30:00 -0800 2026\n",
        b"From x@y Tue Nov  3 22:30:00 EST 2026\n",
        b"From x@y Tue Nov  3 22:30:00 2026 -0800\n",
    ):
        item = one(line + data)
        assert isinstance(item, Interaction)
        assert item.on == date(2026, 11, 4)


@rows(
    ("fields", "expected"),
    [
        ({"from": "<>"}, "no sender that can be read"),
        ({"from": None}, "no sender that can be read"),
        ({"from": "nora@example.com", "to": "bo@@ (at work)"}, "no recipient that can be read"),
    ],
)
def test_a_message_of_nobody_that_can_be_read_is_told_by_its_number(
    fields: dict[str, str | None], expected: str
) -> None:
    assert one(message(**fields)) == Skipped(1, expected, bad=True)


def test_without_from_the_sender_field_counts() -> None:
    assert people(**{"from": None, "sender": "Bo <bo@example.org>"}) == [("Bo", "bo@example.org")]


def test_a_message_is_known_by_its_id_else_by_what_it_says_of_itself() -> None:
    assert told(message_id="\n <a.b@c.d>\n (added by a server)").external_id == "a.b@c.d"
    assert told(message_id="a.b@c.d").external_id == "a.b@c.d"
    made = told(message_id=None).external_id
    assert len(made) == 64
    assert made == told(message_id=None, x_status="RO").external_id
    assert made != told(message_id=None, subject="another").external_id
    assert len(told(message_id=f"<{'x' * 600}@y>").external_id) == 64


def test_a_message_that_a_mailbox_holds_twice_is_told_once() -> None:
    line = b"From x@y Tue Nov  3 08:15:00 2026\n"
    trashed = message(x_gmail_labels="Trash")
    found = items(line + trashed + line + message() + line + message() + line + message(message_id="<2@x>"))
    assert [type(item) for item in found] == [Skipped, Interaction, Skipped, Interaction]
    assert found[2] == Skipped(3, "told twice")
