"""Messages of LinkedIn: between whom, when, about what; and what is left out."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from chats import AT, FIXTURE, HEADER, ME, OLD, read, row
from hypothesis import given, settings
from hypothesis import strategies as st
from zones import system_zone

from netjournal.interchange.linkedin import messages, owner, wording
from netjournal.interchange.reasons import DRAFT, OUTSIDE, SPAM, TWICE
from netjournal.interchange.records import Guest, Interaction, Item, Remark, Skipped
from rows import rows
from tries import tries


def one(text: str, **options: Any) -> Interaction:
    (item,) = read(HEADER + text, *ME, **options)
    assert isinstance(item, Interaction)
    return item


def reasons(items: list[Item]) -> dict[int, str]:
    assert not any(item.bad for item in items if isinstance(item, Skipped))
    return {item.line: item.reason for item in items if isinstance(item, Skipped)}


def test_the_sample_of_2025_gives_three_messages_and_counts_what_nobody_wants() -> None:
    found = read(FIXTURE.read_bytes())
    assert reasons(found) == {6: messages.SPONSORED, 7: messages.NO_PROFILE, 8: DRAFT}
    assert found[0] == Remark(0, owner.PROFILE_GUESSED.format(f"{AT}nora-keeper"))
    first, reply, group = (item for item in found if isinstance(item, Interaction))
    ingrid = Guest("Ingrid Solberg", urls=(f"{AT}ingrid-solberg",))
    assert (first.line, first.on, first.kind, first.direction) == (2, date(2025, 6, 1), "message", "out")
    assert (first.guests, first.summary, first.note) == ((ingrid,), "Thanks for the intro — free Thursday?", None)
    assert (reply.direction, reply.guests) == ("in", (ingrid,))
    assert (reply.summary, reply.note) == ("Yes, 3 pm.", "Yes, 3 pm.\nSame place?")
    assert group.guests == (
        Guest("Tomás Reyes, PhD", urls=(f"{AT}tomas-reyes",)),
        Guest("Bo", urls=(f"{AT}bo-h",)),
    )


def test_guests_are_split_by_address_and_named_only_where_the_names_fit() -> None:
    def guests(to: str) -> list[tuple[str | None, str]]:
        return [(guest.name, guest.urls[0].removeprefix(AT)) for guest in one(row(to=to)).guests]

    assert guests("Smith, John, PhD,john") == [("Smith, John, PhD", "john")]
    assert guests("Ann Lee, Bo Li,ann bo") == [("Ann Lee", "ann"), ("Bo Li", "bo")]
    assert guests("Ann Lee, PhD, MBA, Bo Li, Ph.D.,ann bo") == [("Ann Lee, PhD, MBA", "ann"), ("Bo Li, Ph.D.", "bo")]
    assert guests("Lee, Ann, Li, Bo,ann bo") == [(None, "ann"), (None, "bo")]
    assert guests("LinkedIn Member,gone") == [(None, "gone")]
    assert guests("Ann, Nora, Ann,ann nora ANN") == [("Ann", "ann")]


def test_a_name_that_does_not_fit_is_the_one_its_owner_writes_under() -> None:
    text = row(to="Lee, Ann, Li, Bo,ann bo") + row("Lee, Ann,ann", "Nora,nora")
    first = read(HEADER + text, *ME)[0]
    assert isinstance(first, Interaction)
    assert [guest.name for guest in first.guests] == ["Lee, Ann", None]


LEFT_OUT = {
    row(folder="DRAFT"): DRAFT,
    row(folder="Spam"): SPAM,
    row(folder="SPONSORED"): messages.SPONSORED,
    row("Acme,", content="Hi %FIRSTNAME%"): messages.SPONSORED,
    row("Acme,", content="<p class=spinmail-quill-editor__spin-break>Hi"): messages.SPONSORED,
    row("LinkedIn Member,"): messages.NO_PROFILE,
    row(to="Nora,nora"): messages.NOBODY,
    row(to=","): messages.NOBODY,
    row(to="x, " * 600 + "y,bo"): messages.NOBODY,
    row(date="2026-02-28 23:59:59 UTC"): OUTSIDE,
    row(date="2026-04-01 00:00:00 UTC"): OUTSIDE,
}


@rows(("text", "reason"), LEFT_OUT.items())
def test_what_is_no_message_of_two_people_in_these_days_is_left_out_with_its_reason(text: str, reason: str) -> None:
    found = read(HEADER + text + row(), *ME, since=date(2026, 3, 1), until=date(2026, 3, 31))
    assert reasons(found) == {2: reason}
    assert isinstance(found[1], Interaction)


@rows("column", ["IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"])
def test_a_draft_is_known_by_either_column(column: str) -> None:
    text = f"{HEADER.strip()},{column}\n{row().strip()},Yes\n{row().strip()},No\n"
    assert reasons(read(text, *ME)) == {2: DRAFT}


DAYS = {
    "2026-03-02 23:30:00 UTC": date(2026, 3, 3),
    "2026-03-02 23:30:00": date(2026, 3, 3),
    "2026-03-02T22:59:59Z": date(2026, 3, 2),
    "2026-03-02 22:30": date(2026, 3, 2),
    "2026/03/02 22:30:00.123 UTC": date(2026, 3, 2),
}


@rows(("text", "day"), DAYS.items())
def test_a_message_is_of_the_day_that_it_was_here(text: str, day: date) -> None:
    assert one(row(date=text), zone=ZoneInfo("Europe/Vienna")).on == day


@rows("text", ["", "3/2/2026 9:00", "2026-02-30 09:00:00 UTC", "0001-01-01 00:00:00 UTC", "soon"])
def test_a_time_that_cannot_be_read_costs_its_message_only(text: str) -> None:
    found = read(HEADER + row(date=text) + row(), *ME, zone=ZoneInfo("America/New_York"))
    assert found[0] == Skipped(2, "its `DATE` is no time that can be read", bad=True)
    assert isinstance(found[1], Interaction)


def test_the_systems_zone_is_taken_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    with system_zone(monkeypatch, "Asia/Tokyo"):
        assert one(row(date="2026-03-02 20:00:00 UTC"), zone=None).on == date(2026, 3, 3)


TEXTS = {
    "Short": ("Short", None),
    "Two\nlines": ("Two", "Two\nlines"),
    "word " * 30: ("word " * 18 + "word word…", ("word " * 30).strip()),
    "w" * 101: ("w" * 99 + "…", "w" * 101),
    "a < b, <3 &amp; c > d": ("a < b, <3 & c > d", None),
    "<p>Hi&nbsp;Bo,</p><p>see <a href=x>this</a><br/>now</p>": ("Hi Bo,", "Hi\xa0Bo,\nsee this\nnow"),
    "&#" + "9" * 5000 + ";": ("&#" + "9" * 97 + "…", "&#" + "9" * 5000 + ";"),
    "": (None, None),
}


@rows(("content", "told"), TEXTS.items())
def test_the_summary_is_the_first_line_and_the_note_says_what_it_does_not(
    content: str, told: tuple[str | None, str | None]
) -> None:
    found = one(row(content=content))
    assert (found.summary, found.note) == told
    assert len(found.summary or "") <= wording.HEADLINE


def test_a_subject_is_the_summary_and_the_content_its_note() -> None:
    found = one(row(subject="Coffee &amp; cake?", content="Tuesday?"))
    assert (found.summary, found.note) == ("Coffee & cake?", "Tuesday?")
    assert one(row(subject="Tuesday?", content="Tuesday?")).note is None


def test_what_is_the_same_row_is_told_once_and_what_only_looks_so_is_kept_apart() -> None:
    found = read(HEADER + row() + row() + row(subject="Other") + row(content="Hallo") + row(subject="Other"), *ME)
    assert reasons(found) == {3: TWICE, 6: TWICE}
    ids = [item.external_id for item in found if isinstance(item, Interaction)]
    assert len(set(ids)) == 3
    assert ids[1] == ids[0] + "|2"


def test_ids_outlive_eras_line_ends_and_the_owners_address() -> None:
    new = one(row(content="a\nb"))
    quoted = "".join(",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in HEADER.splitlines())
    text = quoted + row(content="a\r\nb").replace(f"{AT}nora", "http://linkedin.com/in/nora-new").replace("\n", "\r\n")
    (again,) = read(text, "linkedin.com/in/nora-new")
    (old,) = read(f'{OLD}c1,,Nora,,Bo Li,2026-03-02 09:00:00,,"a\nb"\n', "nora")
    assert isinstance(again, Interaction)
    assert isinstance(old, Interaction)
    assert new.external_id == again.external_id == old.external_id
    assert one(row(conversation="c" * 600)).external_id.startswith("sha256:")


def test_a_line_of_a_message_with_as_many_commas_as_a_row_is_part_of_it() -> None:
    assert (
        one(row(content="I know\na,b,c,d,e,f,g,h,i,j,k,l\nof these")).note
        == "I know\na,b,c,d,e,f,g,h,i,j,k,l\nof these"
    )


def test_a_row_that_does_not_fit_costs_itself_only() -> None:
    found = read(HEADER + row() + "BADROW\n" + row(content="x"), *ME)
    assert found[1] == Skipped(3, "1 field where the header has 10", bad=True)
    assert len(found) == 3


def test_columns_are_known_in_any_order_and_unknown_ones_are_nothing() -> None:
    text = f"Date,Mood,content,From,To,Sender Profile URL,Conversation ID\n2026-03-02 09:00,x,Hi,Bo,Nora,{AT}bo,c\n"
    (item,) = read("\ufeff" + text.replace("\n", "\r\n"), "Nora")
    assert isinstance(item, Interaction)
    assert (item.direction, item.summary) == ("in", "Hi")


PIECES = st.sampled_from(
    [*',"\n\0<&;%', "Nora", "Bo", f"{AT}nora", f"{AT}bo", "2026-03-02 09:00", "Yes", "a, PhD", "é"]
)
CELLS = st.lists(PIECES, max_size=3).map("".join)


@settings(max_examples=tries(40))
@given(st.lists(st.lists(CELLS, min_size=9, max_size=11).map(",".join), max_size=6).map("\n".join))
def test_every_line_is_told_at_most_once_and_guests_are_never_the_owner(rows: str) -> None:
    # The first row makes her known.
    found = read(HEADER + row() + rows, *ME)
    lines = [item.line for item in found if not isinstance(item, Remark)]
    assert len(set(lines)) == len(lines)
    assert lines == sorted(lines)
    for item in found:
        if isinstance(item, Interaction):
            assert item.guests
            assert 0 < len(item.external_id) <= 500
            assert all(guest.urls != ME and (guest.name or guest.urls) for guest in item.guests)
