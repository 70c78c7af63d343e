"""`netj search`: what is found, by which words, in which order, and what is never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from scene import Scene, day

from hasty import once
from netjournal.store.sqlite.search import RANKED
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)
    once(made.path, lambda: _tell(made))
    return made


def _tell(made: Scene) -> None:
    made.add("Coach Client")
    assert made.netj
    made.do(["objective", "add", "Platform role", "--why", "lead a quiet team"])
    made.do(["objective", "add", "Client search", "--client", "coach-client"])
    made.add("Zoë O'Neil", alias=["Zozo"], note="knows c++ and likes Straße 7", objectives=["platform-role"])
    made.add("Priya Nair", topics=["sre"], org="Köln Werke", objectives=["client-search"])
    made.add("김철수", note="ガブリエル, हिन्दी")
    made.log(
        "coffee with @zoe-oneil about the quiet offer +platform-role #hiring", 40, note="AND then: name:x, 5 * 3, -x"
    )
    made.log("call @priya-nair about a loud offer +client-search", 3, note="quietly")
    made.log("event: fair", 2, who=["priya-nair", "zoe-oneil"])
    assert made.netj("amend -n 'an evening'").ok
    made.do(["followup", "add", "send the zebra slides @priya by friday", "-o", "client-search"])
    evening = "2026-11-20: event: meetup\n- Zoë O'Neil: told of her walrus\n- Priya Nair: nothing\n"
    assert made.netj("log -", stdin=evening).ok


def found(scene: Scene, text: str, *options: str) -> list[dict[str, Any]]:
    return scene.netj(["search", "-f", "json", *options, "--", text]).rows


def titles(scene: Scene, text: str) -> list[tuple[str, str]]:
    return [(row["type"], row["title"]) for row in found(scene, text)]


ZOE, PRIYA = ("contact", "Zoë O'Neil"), ("contact", "Priya Nair")
QUIET, LOUD = ("interaction", "the quiet offer"), ("interaction", "a loud offer")


@rows(
    ("typed", "hits"),
    [
        ("O'Neil", [ZOE]),
        ("o'neil zoe", [ZOE]),
        ("o'neal", []),
        ("c++", [ZOE]),
        ("C++", [ZOE]),
        ("c#", []),
        ("-x", [QUIET]),
        ("-y", []),
        ("AND", [ZOE, QUIET]),
        ("OR", []),
        ("NOT wanted", []),
        ("NEAR(a b)", []),
        ("*", [QUIET]),
        ("5 * 3,", [QUIET]),
        ("name:x", [QUIET]),
        ("name:y", []),
        ("title:", []),
        ('"', []),
        ("'", [ZOE]),
        ("zo*", []),
        ("^zoe", []),
        ("{", []),
        ("(((", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("'; DROP TABLE contact; --", []),
    ],
)
def test_marks_are_never_operators_and_the_literal_text_is_found(scene: Scene, typed: str, hits: list[Any]) -> None:
    assert sorted(titles(scene, typed)) == sorted(hits)


@rows(
    ("typed", "hit"),
    [
        ("ZOE", ZOE),
        ("zoë", ZOE),
        ("Zoe\u0308", ZOE),
        ("koln", ("organization", "Köln Werke")),
        ("KÖLN", ("organization", "Köln Werke")),
        ("Straße", ZOE),
        ("김철수", ("contact", "김철수")),
        ("ガブリエル", ("contact", "김철수")),
        ("हिन्दी", ("contact", "김철수")),
        ("zozo", ZOE),
        ("walrus", ("interaction", "meetup")),
        ("zebra", ("followup", "send the zebra slides")),
        ("lead team", ("objective", "Platform role")),
    ],
)
def test_any_script_alias_and_note_leads_to_its_record(scene: Scene, typed: str, hit: tuple[str, str]) -> None:
    assert titles(scene, typed)[0] == hit


def test_a_topic_that_no_words_hold_is_pointed_to(scene: Scene) -> None:
    for typed in ("hiring", "Hiring", "#hiring"):
        ended = scene.netj(["search", typed])
        assert ended.stderr == "No words hold it, but it is a topic: `netj topic show hiring`.\n", typed
    for typed in ("hirin", "hiring -t hiring", "hiring --client coach-client"):
        assert "topic show" not in scene.netj(f"search {typed}").ok.stderr, typed


def test_nothing_sought_is_refused(scene: Scene) -> None:
    for typed in ("", "  "):
        assert scene.netj(["search", typed]).code == 2
    assert scene.netj("search").code == 2
    assert scene.netj("search x --who nobody").code == 3
    assert scene.netj("search x -k nonsense").code == 2


def test_all_words_are_required_in_any_order(scene: Scene) -> None:
    assert titles(scene, "offer quiet") == titles(scene, "quiet offer") == [QUIET]
    assert titles(scene, "quiet absent") == []
    assert sorted(titles(scene, "offer")) == sorted([QUIET, LOUD])


def test_a_beginning_is_a_word_only_where_no_whole_word_is(scene: Scene) -> None:
    # "quiet" is a word of some; "quietly" of another.
    assert LOUD not in titles(scene, "quiet")
    assert titles(scene, "quietl") == [LOUD]
    assert titles(scene, "walr") == [("interaction", "meetup")]
    assert titles(scene, "the quie") == [QUIET]
    assert titles(scene, "uiet") == []


def test_who_bears_the_name_comes_first_and_ranks_count_from_one(scene: Scene) -> None:
    scene.log("chat with priya about zozo", 0)
    rows = found(scene, "zozo")
    assert [(row["rank"], row["type"]) for row in rows] == [(1, "contact"), (2, "interaction")]
    rows = found(scene, "offer", "--limit", "1")
    assert [row["rank"] for row in rows] == [1]
    ended = scene.netj("search offer --limit 1", tty=True)
    assert "1 more" in ended.stderr
    assert len(found(scene, "offer", "--limit", "0")) == 2


def test_a_title_leads_to_whoever_bears_it_and_then_to_whoever_bore_it(scene: Scene) -> None:
    scene.add("Rex Recruiter")
    scene.do("contact edit priya-nair --title 'Lead recruiter'")
    scene.do("contact edit zoe-oneil --org Hooli --title 'Recruiter for R&D'")
    scene.do("contact edit zoe-oneil --org Initech --title VP")
    scene.add("Mia Kern", note="asks a recruiter")
    # Beside longer texts a note of a few words weighs as much as it can.
    scene.log("coffee with @priya-nair about a tale", 5, note="and then " * 400)
    rex, mia = ("contact", "Rex Recruiter"), ("contact", "Mia Kern")

    def snippets(text: str) -> list[tuple[str, str]]:
        return [(row["title"], row["snippet"]) for row in found(scene, text)]

    assert snippets("recruiter") == [
        ("Rex Recruiter", "Rex Recruiter"),
        ("Priya Nair", "Lead recruiter, Köln Werke"),
        ("Mia Kern", "Mia Kern - asks a recruiter"),
        ("Zoë O'Neil", "Recruiter for R&D, Hooli (until 2026-11-23)"),
    ]
    assert snippets("r&d") == [("Zoë O'Neil", "Recruiter for R&D, Hooli (until 2026-11-23)")]
    assert {row["type"] for row in found(scene, "recruiter", "--who", "priya")} == {"contact"}
    # Where somebody works is part of what is shown, so it is part of what may be sought.
    assert titles(scene, "recruiter lead") == titles(scene, "werke recruiter") == titles(scene, "lead köl") == [PRIYA]
    assert titles(scene, "r&d hooli") == [ZOE]
    assert titles(scene, "recruiter initech") == titles(scene, "recruiter hooli werke") == []
    (row,) = scene.netj("prep 'recruiter of Umbrella' -f json").rows
    assert [hit.split(" - ")[1] for hit in row["hits"]][:2] == [
        "Rex Recruiter",
        "Priya Nair: Lead recruiter, Köln Werke",
    ]
    scene.do("contact edit priya-nair --title Sourcer")
    assert titles(scene, "recruiter") == [rex, mia, ZOE]
    assert titles(scene, "sourcer") == [PRIYA]
    scene.do("undo")
    assert titles(scene, "recruiter") == [rex, PRIYA, mia, ZOE]
    scene.do("contact delete priya-nair --yes")
    assert titles(scene, "recruiter") == [rex, mia, ZOE]
    scene.do("undo")
    assert titles(scene, "recruiter") == [rex, PRIYA, mia, ZOE]


def test_a_row_says_who_when_and_around_what(scene: Scene) -> None:
    (row,) = found(scene, "walrus")
    assert (row["type"], row["on"], row["rank"]) == ("interaction", "2026-11-20", 1)
    assert sorted(row["contacts"]) == ["priya-nair", "zoe-oneil"]
    assert row["snippet"] == "told of her walrus"
    assert found(scene, "zozo")[0]["contacts"] == ["zoe-oneil"]
    assert found(scene, "zebra")[0]["contacts"] == ["priya-nair"]


@rows(
    ("options", "hits"),
    [
        ("offer --who zoe", [QUIET]),
        ("offer --who priya", [LOUD]),
        ("offer -o platform-role", [QUIET]),
        ("offer -k call", [LOUD]),
        ("offer -k phone", [LOUD]),
        ("offer -k coffee --who priya", []),
        ("offer --since 30d", [LOUD]),
        ("offer --since 2026-10-01", [QUIET, LOUD]),
        ("offer -t hiring", [QUIET]),
        ("offer -t '#Hiring'", [QUIET]),
        ("offer --client coach-client", [LOUD]),
        ("offer --client zoe", []),
        ("zebra --client coach-client", [("followup", "send the zebra slides")]),
        ("search --client coach-client", [("objective", "Client search")]),
        ("platform --client coach-client", []),
        ("priya -t sre", [PRIYA]),
        ("zozo --who zoe", [ZOE]),
        ("zozo --who priya", []),
        ("walrus --who priya", [("interaction", "meetup")]),
        ("quietl --who priya", [LOUD]),
        ("'*' --who zoe", [QUIET]),
        ("'*' --who priya", []),
    ],
)
def test_filters_narrow_what_is_found(scene: Scene, options: str, hits: list[Any]) -> None:
    rows = scene.netj(f"search -f json {options}").rows
    assert sorted((row["type"], row["title"]) for row in rows) == sorted(hits)
    assert [row["rank"] for row in rows] == list(range(1, len(hits) + 1))


def test_hits_follow_every_edit_and_undo(scene: Scene) -> None:
    scene.do("contact edit zoe-oneil --note 'keeps a heron'")
    assert titles(scene, "heron") == [ZOE]
    assert titles(scene, "c++") == []
    scene.do("undo")
    assert titles(scene, "heron") == []
    assert titles(scene, "c++") == [ZOE]
    scene.do("contact rename zoe-oneil 'Chloe Marsh'")
    assert titles(scene, "marsh") == titles(scene, "neil") == [("contact", "Chloe Marsh")]
    scene.do("undo", "contact delete priya-nair --yes")
    assert titles(scene, "loud") == titles(scene, "zebra") == []
    scene.do("undo")
    assert titles(scene, "loud") == [LOUD]
    scene.do("contact archive priya-nair")
    assert titles(scene, "priya")[0] == PRIYA


def test_a_stored_text_cannot_move_the_cursor_or_break_a_row(scene: Scene) -> None:
    scene.add("Mal\x1b[31m [red]Ory[/red]", note="otter \x1b[2J\x07 \u202e [bold]x[/bold]\tand a\nline")
    shown = scene.netj("search otter", tty=True, env={"COLUMNS": "200"}).ok.stdout
    assert not set(shown) & set("\x1b\x07\u202e\r")
    assert "[red]Ory[/red]" in shown
    assert len(scene.netj("search otter --no-header -f tsv").ok.stdout.splitlines()) == 1
    assert len(scene.netj("search otter -f tsv").ok.stdout.splitlines()[1].split("\t")) == 9


def test_of_very_common_words_the_newest_are_ranked(scene: Scene) -> None:
    with scene.writing() as uow:
        first = uow.next_id("contact_alias")
        uow.add_many(
            "contact_alias",
            [
                {"id": first + n, "contact_id": 1 + n % 3, "alias": f"common {n}", "alias_key": f"common {n}"}
                for n in range(RANKED + 50)
            ],
        )
        first = uow.next_id("interaction")
        rows = [
            {
                "id": first + n, "uid": f"{n:032x}", "on_day": day(n % 300), "kind": "chat", "direction": "mutual",
                "exposure": 0, "summary": f"common ground {n}", "source": "log", "changed_at": uow.now,
                "none_on_purpose": 0,
            }
            for n in range(RANKED + 50)
        ]  # fmt: skip
        uow.add_many("interaction", rows)
    ended = scene.netj("search common -f json --limit 0")
    assert len(ended.rows) == RANKED + 3
    assert f"common ground {RANKED + 49}" in {row["title"] for row in ended.rows}
    assert len(scene.netj("search common -f json").rows) == 20
    # What a filter keeps is looked for among all of them.
    assert len(scene.netj("search common -f json --limit 0 -k chat --since 3d").rows) == 28
