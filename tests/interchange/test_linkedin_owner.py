"""Whose export of LinkedIn it is, where nobody said."""

from __future__ import annotations

import pytest
from chats import AT, FIXTURE, HEADER, ME, OLD, read, row

from netjournal.errors import InputFileError
from netjournal.interchange.linkedin import owner
from netjournal.interchange.records import Guest, Interaction, Remark
from rows import rows


@rows(
    "me",
    ["https://linkedin.com/in/Nora-Keeper/?trk=x", "no.linkedin.com/in/nora-keeper", "in/nora-keeper", "nora KEEPER"],
)
def test_whoever_says_who_they_are_is_believed_in_any_spelling(me: str) -> None:
    found = read(FIXTURE.read_bytes(), "nora@example.com", "https://example.com/nora", me)
    assert [item.direction for item in found if isinstance(item, Interaction)] == ["out", "in", "out"]
    assert not any(isinstance(item, Remark) for item in found)


def test_an_owner_who_is_not_in_the_file_is_looked_for_instead_and_that_is_said() -> None:
    guessed = owner.PROFILE_GUESSED.format(f"{AT}nora-keeper")
    assert Remark(0, guessed) in read(FIXTURE.read_bytes(), "nora@example.com")
    told = Remark(0, f"nobody of --me or me.urls is in them; {guessed}")
    assert told in read(FIXTURE.read_bytes(), f"{AT}old-address")


def test_with_one_partner_nobody_can_tell_who_is_who() -> None:
    both = row() + row("Bo Li,bo", "Nora,nora") + row(conversation="c2")
    with pytest.raises(InputFileError) as refused:
        read(HEADER + both)
    assert "--me" in str(refused.value.hint)
    assert "netj config set me.urls" in str(refused.value.hint)
    assert len(read(HEADER + both, *ME)) == 3


def test_a_partner_in_most_conversations_is_not_taken_for_the_owner() -> None:
    rows = [row(conversation=f"b{n}") for n in range(9)] + [row("Cy,cy", "Nora,nora", conversation="c")]
    found = read(HEADER + "".join(rows))
    assert found[0] == Remark(0, owner.PROFILE_GUESSED.format(f"{AT}nora"))
    assert [item.direction for item in found if isinstance(item, Interaction)] == ["out"] * 9 + ["in"]


def test_who_is_in_too_few_conversations_is_not_taken_for_the_owner() -> None:
    rows = [row(conversation="a"), row(to="Cy,cy", conversation="b"), row("Di,di", "Ed,ed", conversation="c")]
    with pytest.raises(InputFileError, match="cannot be told: no profile"):
        read(HEADER + "".join(rows))
    with pytest.raises(InputFileError, match="nobody of --me"):
        read(HEADER + "".join(rows), "Somebody Else")


def test_where_only_one_side_is_named_the_owner_may_be_the_other() -> None:
    rows = f"a,Al,{AT}al,2024-05-15 10:30:00,Hi\nb,Al,{AT}al,2024-05-16 10:30:00,Hi\n"
    with pytest.raises(InputFileError):
        read(f"CONVERSATION ID,FROM,SENDER PROFILE URL,DATE,CONTENT\n{rows}")


def test_a_header_without_messages_needs_no_owner() -> None:
    assert read(HEADER) == []


def test_in_old_files_the_owner_has_only_a_name_and_partners_are_known_by_what_they_wrote() -> None:
    found = read(
        f"{OLD}c1,,Al Jo,{AT}al,Nora Keeper,2024-05-15 10:30:00,,Hi\n"
        "c1,,Nora Keeper,,Al Jo,2024-05-15 14:00:00,,Hello\n"
        "c2,,Nora Keeper,,Silent One,2024-05-16 14:00:00,,Are you there?\n"
        "c3,,Nora Keeper,,Al Jo,2024-05-17 14:00:00,,Another of that name?\n"
    )
    assert found[0] == Remark(0, owner.NAME_GUESSED.format("Nora Keeper"))
    told = [(item.direction, *item.guests) for item in found if isinstance(item, Interaction)]
    al = Guest("Al Jo", urls=(f"{AT}al",))
    assert told == [("in", al), ("out", al), ("out", Guest("Silent One")), ("out", Guest("Al Jo"))]


def test_the_owners_address_of_newer_rows_gives_the_name_of_older_ones() -> None:
    found = read(
        f"{OLD}c1,,Nora Keeper,{AT}nora,Al,2024-05-15 10:30:00,,Hi\nc1,,Nora Keeper,,Al,2020-05-15 14:00:00,,Hi\n", *ME
    )
    assert [item.direction for item in found if isinstance(item, Interaction)] == ["out", "out"]


def test_two_profiles_of_the_owners_name_are_not_both_the_owner() -> None:
    rows = row("Nora Li,nora", "Nora Li,other") + row("Nora Li,other", "Nora Li,nora")
    with pytest.raises(InputFileError):
        read(HEADER + rows, "Nora Li")
    sent, received = read(HEADER + rows, *ME)
    assert isinstance(sent, Interaction)
    assert isinstance(received, Interaction)
    assert (sent.direction, received.direction) == ("out", "in")
    assert sent.guests == received.guests == (Guest("Nora Li", urls=(f"{AT}other",)),)
