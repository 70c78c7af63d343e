"""Reading the friends.md of another tracker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from netjournal.errors import InputFileError
from netjournal.interchange.records import Guest, Interaction, Item, Options, Person, Remark, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.trackers import friends

FILE = Path(__file__).parent / "fixtures" / "trackers" / "friends.md"
OPTIONS = Options(date(2026, 11, 23))


def read(text: str) -> list[Item]:
    return list(friends.read(from_bytes(text.encode(), "friends.md"), OPTIONS))


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return read(FILE.read_text("utf-8"))


def test_people_have_their_aliases_place_and_topics(items: list[Item]) -> None:
    people = {item.name: item for item in items if isinstance(item, Person)}
    assert list(people) == ["Ann Lee", "Ann Berg", "Bo Núñez", "Cy"]
    ann = people["Ann Lee"]
    assert (ann.external_id, ann.aliases, ann.location) == ("friends:ann lee", ("Annie", "Dr. Lee"), "Oslo")
    assert ann.topics == ("data", "science", "science-sea-ice")
    assert people["Bo Núñez"].location is None


def test_notes_are_lines_of_everybody_they_name_oldest_first(items: list[Item]) -> None:
    notes = {item.name: item.note for item in items if isinstance(item, Person)}
    assert notes["Ann Lee"] == "2025-12-24: Ann Lee and Cy are cousins.\n2026-02-02: Ann Lee moved to Oslo."
    assert notes["Cy"] == "2025-12-24: Ann Lee and Cy are cousins."


def test_activities_have_a_kind_guests_topics_and_a_plain_sentence(items: list[Item]) -> None:
    found = [item for item in items if isinstance(item, Interaction)]
    assert [(i.on.isoformat(), i.kind, [g.external_id or g.name for g in i.guests]) for i in found] == [
        ("2026-03-02", "chat", ["friends:ann lee", "friends:bo nunez"]),
        ("2026-02-01", "meal", ["friends:ann lee"]),
        ("2026-02-01", "meal", ["friends:ann lee"]),
        ("2026-01-31", "call", ["friends:bo nunez"]),
        ("2026-01-30", "chat", ["Ann", "Eve Stone"]),
    ]
    assert found[0].summary == "Ann Lee and Bo Núñez toured Oslo by way of a.lee@example.org."
    assert (found[0].topics, found[1].topics) == (("work", "work-hiring"), ("food",))
    assert found[1].summary == "Got lunch with Dr. Lee."


def test_equal_activities_are_two_and_the_same_in_the_next_export(items: list[Item]) -> None:
    keys = [item.external_id for item in items if isinstance(item, Interaction)]
    assert len(set(keys)) == 5
    moved = FILE.read_text("utf-8").split("### Activities:")
    again = read(f"### Activities:{moved[1]}{moved[0]}")
    assert [item.external_id for item in again if isinstance(item, Interaction)] == keys


def test_every_line_that_is_no_record_is_told(items: list[Item]) -> None:
    skipped = [item for item in items if isinstance(item, Skipped)]
    assert sorted((s.line, s.reason) for s in skipped if s.bad) == [
        (5, "a friend of the same name stands above"),
        (19, "its day cannot be read"),
        (20, "its day cannot be read"),
        (21, "no item of a list"),
    ]
    assert sorted((s.line, s.reason) for s in skipped if not s.bad) == [
        (9, "a place"),
        (17, "names nobody"),
        (18, "in the future"),
        (26, "names nobody"),
        (27, "a note about nobody among the friends"),
        (30, "in no section that is known"),
    ]


def test_a_first_name_that_two_have_is_nobody_of_the_file() -> None:
    head = "### Friends:\n- Ann Lee\n- Ann Berg\n- Dee Lee\n### Activities:\n"
    guests = [
        i.guests[0] for i in read(head + "- 2026-01-01: **Ann**\n- 2026-01-01: **dee**") if isinstance(i, Interaction)
    ]
    assert guests == [Guest("Ann"), Guest("Dee Lee", external_id="friends:dee lee")]


def test_who_wrote_is_told_by_from() -> None:
    text = "### Activities:\n- 2026-01-01: Email from **Ann**.\n- 2026-01-01: Emailed **Ann**."
    assert [(i.kind, i.direction) for i in read(text) if isinstance(i, Interaction)] == [
        ("email", "in"),
        ("email", "out"),
    ]


def test_what_follows_a_name_and_is_not_understood_is_doubted() -> None:
    assert [type(item) for item in read("### Friends:\n- Ann [Oslo] by the sea\n- Bo (Bob) Lee")] == [
        Remark,
        Person,
        Person,
    ]


def test_a_sentence_longer_than_a_summary_stands_whole_in_the_note() -> None:
    (item,) = read(f"### Activities:\n- 2026-01-01: **Ann** {'went on ' * 400}")
    assert isinstance(item, Interaction)
    assert len(item.summary or "") <= 200
    assert (item.note or "").endswith("went on")
    (refused,) = read(f"### Activities:\n- 2026-01-01: **Ann** {'went on ' * 20_000}")
    assert refused == Skipped(2, "over 100,000 characters", bad=True)


def test_only_files_with_its_headings_are_of_this_format() -> None:
    assert friends.recognises(from_bytes(b"\xef\xbb\xbf### Friends:\r\n- Ann"))
    assert not friends.recognises(from_bytes(b"# Friends\n## Notes"))
    with pytest.raises(InputFileError, match=r"friends\.md"):
        read("- 2026-01-01: Lunch with **Ann**")


def test_a_word_of_somebodys_name_is_no_kind() -> None:
    (item,) = read("### Activities:\n- 2026-01-01: Saw **Bo Coffee** off.")
    assert isinstance(item, Interaction)
    assert item.kind == "chat"
