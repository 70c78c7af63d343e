"""Whose mail it is, where nobody said."""

from __future__ import annotations

import pytest
from mails import FIXTURE, OPTIONS, items, message

from netjournal.errors import InputFileError
from netjournal.interchange.mail import read
from netjournal.interchange.mail.messages import MISSED
from netjournal.interchange.records import Interaction, Options, Remark
from netjournal.interchange.sources import from_bytes
from rows import rows


def test_the_owner_of_a_mailbox_is_the_address_in_nearly_every_message_and_that_is_said() -> None:
    found = items(FIXTURE, Options(today=OPTIONS.today), "inbox")
    assert found[0] == Remark(
        0, "taken as you: nora.keeper@example.com, the address that is in nearly every message; --me says who you are"
    )
    assert [item.direction for item in found if isinstance(item, Interaction)] == ["out", "in"]


@rows(
    ("me", "count", "is_told"),
    [("nora@example.com", 3, False), ("nora@typo.example", 3, True), ("n@x.example", 2, False)],
)
def test_an_address_that_no_message_holds_is_remarked_on(me: str, count: int, is_told: bool) -> None:
    letters = (b"From x@y Tue Nov  3 08:15:00 2026\n" + message(message_id=f"<{n}@x>") for n in range(count))
    found = items(b"\n".join(letters), OPTIONS._replace(me=(me,)), "inbox")
    assert [item.text for item in found if isinstance(item, Remark)] == [MISSED] * is_told


def test_what_is_read_to_find_the_owner_is_no_progress() -> None:
    source, told = from_bytes(FIXTURE, "inbox"), list[int]()
    source.progress = told.append
    assert len(list(read(source, Options(today=OPTIONS.today)))) == 4
    assert sum(told) == len(FIXTURE)


def test_the_server_that_delivered_says_whose_mail_it_is_where_lists_wrote_most_of_it() -> None:
    letters = b"".join(
        b"From x@y Tue Nov  3 08:15:00 2026\n" + message(message_id=f"<{n}@x>", to=f"list{n}@example.net",
                                                        delivered_to="nora@example.com", date=None)
        for n in range(4)
    )  # fmt: skip
    found = items(letters, Options(today=OPTIONS.today))
    assert [type(item) for item in found] == [Remark, *[Interaction] * 4]


@rows(
    "data",
    [message(), message(delivered_to="nora@example.com"), (b"From x@y Tue Nov  3 08:15:00 2026\n" + message()) * 5],
)
def test_mail_whose_owner_nobody_can_tell_is_refused_with_what_to_type(data: bytes) -> None:
    with pytest.raises(InputFileError) as error:
        items(data, Options(today=OPTIONS.today))
    assert "--me" in str(error.value.hint)
    assert "netj config set me.emails" in str(error.value.hint)
