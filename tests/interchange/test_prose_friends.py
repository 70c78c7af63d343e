"""Writing a friends.md: what we write is read back with the same people, days and guests."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.domain.kinds import DEPTH_OF_KIND, KINDS
from netjournal.domain.names import fold, slug
from netjournal.interchange.prose.friends import write_friends
from netjournal.interchange.records import Interaction, Options, Person, Skipped
from netjournal.interchange.sources import from_bytes
from netjournal.interchange.trackers import friends
from tries import tries

TODAY = date(2026, 11, 23)


def contact(uid: str, name: str, handle: str = "", **more: Any) -> dict[str, Any]:
    return {
        "type": "contact",
        "uid": uid,
        "contact": handle or slug(name) or uid,
        "name": name,
        "added_on": "2026-01-01",
    } | more


def interaction(on: str, kind: str, uids: list[str], summary: str | None = None, **more: Any) -> dict[str, Any]:
    whole = {"type": "interaction", "uid": on, "on": on, "kind": kind, "direction": "mutual", "summary": summary}
    return {**whole, "contact_uids": uids, "contacts": uids, **more}


def written(*records: dict[str, Any]) -> str:
    file = io.BytesIO()
    write_friends(iter(records), file)
    return file.getvalue().decode()


def sentence(*args: Any, **more: Any) -> str:
    """The activity written for an interaction with Ann Lee and, as `b`, Ann."""
    text = written(contact("a", "Ann Lee"), contact("b", "Ann"), interaction("2026-03-02", *args, **more))
    return text.splitlines()[1].removeprefix("- 2026-03-02: ")


def test_a_journal_is_written_in_the_sections_of_the_program() -> None:
    ann = contact(
        "a", "Ann Lee", aliases=["Annie", "Dr. (Lee)"], location="Oslo", topics=["c++", "data_eng"],
        note="Likes tea.\n- and cake\n2026-02-01: Moved.",
    )  # fmt: skip
    older, newer = interaction("2026-03-01", "coffee", ["a"]), interaction("2026-03-02", "call", ["a", "b"])
    assert written({"type": "netjournal"}, ann, contact("b", "Bo"), older, newer) == (
        "### Activities:\n"
        "- 2026-03-02: Call with **Ann Lee** and **Bo**.\n"
        "- 2026-03-01: Coffee with **Ann Lee**.\n\n"
        "### Notes:\n"
        "- 2026-02-01: **Ann Lee**: Moved.\n"
        "- 2026-01-01: **Ann Lee**: Likes tea. - and cake\n\n"
        "### Friends:\n"
        "- Ann Lee (a.k.a. Annie a.k.a. Dr. Lee) [Oslo] @cplusplus @data-eng\n"
        "- Bo\n\n"
        "### Locations:\n"
        "- Oslo\n"
    )


def test_an_empty_journal_has_all_sections() -> None:
    assert written() == "### Activities:\n\n### Notes:\n\n### Friends:\n\n### Locations:\n"


def test_names_in_the_summary_are_bold_in_place_and_others_stand_at_its_end() -> None:
    assert sentence("chat", ["a"], "Ann Lee told of Annapolis") == "**Ann Lee** told of Annapolis."
    assert sentence("chat", ["a", "b"], "Ann Lee and Ann") == "**Ann Lee** and **Ann**."
    assert sentence("chat", ["a", "b"], "On Ann Lee!", topics=["x"]) == "On **Ann Lee**! with **Ann**. @x"
    assert sentence("chat", ["b"], "Annabel") == "Annabel with **Ann**."


def test_the_kind_stands_first_unless_the_summary_tells_it() -> None:
    assert sentence("coffee", ["a"], "Coffee at noon.") == "Coffee at noon with **Ann Lee**."
    assert sentence("coffee", ["a"], "the deck") == "Coffee with **Ann Lee**: the deck."
    assert sentence("chat", ["a"], "over lunch") == "Chat with **Ann Lee**: over lunch."
    assert sentence("meeting", ["a"], "a talk") == "Meeting with **Ann Lee**: a talk."
    assert sentence("email", ["a"], "the deck", direction="in") == "Email from **Ann Lee**: the deck."
    assert sentence("post", [], None) == "Post."


def test_nothing_in_a_text_is_markup() -> None:
    assert sentence("chat", ["a"], "**Bo** at _Oslo_, @cy (@dee)\n### Notes: e@f.example") == (
        "∗∗Bo∗∗ at -Oslo-, cy (dee) ### Notes: e@f.example with **Ann Lee**."
    )


def test_people_of_one_name_are_told_apart_by_their_handles() -> None:
    people = [
        contact("1", "Ann Lee", "ann-lee-2"),
        contact("2", "Ann Lee", "ann-lee"),
        contact("3", "ann_lee", "annie"),
    ]
    text = written(*people, interaction("2026-03-02", "call", ["1", "2", "3"]))
    assert "with **Ann Lee 2**, **Ann Lee** and **ann lee annie**." in text

    third = written(contact("1", "Ann Lee"), contact("2", "Ann Lee x"), contact("3", "Ann Lee", "x"))
    assert "- Ann Lee\n- Ann Lee x\n- Ann Lee x 2\n" in third


def test_an_alias_is_one_though_it_holds_the_sign_between_two() -> None:
    assert "- Ann (a.k.a. Z aka Y)\n" in written(contact("1", "Ann", aliases=["Z a.k.a. Y"]))


def test_who_is_not_in_the_export_is_named_by_handle() -> None:
    assert "Call with **bo**." in written(interaction("2026-03-02", "call", ["x"]) | {"contacts": ["bo"]})


NAMES = st.one_of(
    st.sampled_from(
        ["Ann Lee", "ann lee", "Ann", "Bo (Bob) Núñez", "**", "@dana", "- X [Y]", "a.k.a. Z", "Ann_Lee_Jr", "With"]
    ),
    st.text("aB é*_@()[]#:.-\u202e\x07中", min_size=1, max_size=9).filter(str.strip),
)
SAID = st.one_of(
    st.none(),
    NAMES,
    st.text("aB *_@:.#\n-中", max_size=30),
    st.sampled_from(["lunch", "a talk: post", "email from me"]),
)


@settings(max_examples=tries(60), deadline=None, database=None)
@given(
    names=st.lists(NAMES, min_size=1, max_size=5),
    met=st.lists(
        st.tuples(st.integers(0, 99), st.sampled_from(KINDS), SAID, st.sets(st.integers(0, 4), min_size=1)), max_size=6
    ),
    alias=SAID,
    note=SAID,
)
def test_what_is_written_is_read_back_with_the_same_people_days_and_guests(
    names: list[str], met: list[tuple[int, str, str | None, set[int]]], alias: str | None, note: str | None
) -> None:
    more = {"aliases": [alias] if alias and alias.strip() else [], "location": alias, "note": note, "topics": ["data"]}
    people = [contact(str(n), name, f"{slug(name) or 'contact'}-{n}", **more) for n, name in enumerate(names)]
    records = [
        interaction(str(TODAY - timedelta(days)), kind, sorted({str(n % len(names)) for n in who}), said)
        for days, kind, said, who in met
    ]
    items = list(friends.read(from_bytes(written(*people, *records).encode()), Options(TODAY)))
    assert not [item for item in items if isinstance(item, Skipped) and item.bad]
    read = {item.external_id: item for item in items if isinstance(item, Person)}
    assert len(read) == len(names)
    assert all(person.topics == ("data",) for person in read.values())
    # Of people of one name all but one have more in theirs.
    assert {fold(p.name) for p in read.values()} >= {
        f for name in names if (f := fold(name.replace("*", " "))).isalnum()
    }
    found = [item for item in items if isinstance(item, Interaction)]
    assert Counter((str(i.on), len(i.guests)) for i in found) == Counter(
        (r["on"], len(r["contact_uids"])) for r in records
    )
    assert all(guest.external_id in read for item in found for guest in item.guests)
    kinds = Counter((str(i.on), i.kind) for i in found)
    assert kinds >= Counter((r["on"], r["kind"]) for r in records if DEPTH_OF_KIND[r["kind"]] != "broadcast")
