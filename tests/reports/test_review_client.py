"""`review --client` is a page to hand over: a journal full of markers, and none of them may be on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest
from scene import Scene

from hasty import once
from rows import rows

if TYPE_CHECKING:
    from conftest import Netj

#: Stands in everything that is not Ann's to see; every marker has a number of its own.
MARK: Final = re.compile(r"zq\d+")
FORMATS: Final = ("table", "json", "ndjson", "csv", "tsv", "md")


@pytest.fixture
def scene(netj: Netj, environment: dict[str, str]) -> Scene:
    made = Scene(netj, environment)

    def tell() -> None:
        _tell(made)
        assert made.netj("due").code == 0

    once(made.path, tell)
    return made


def _tell(scene: Scene) -> None:
    scene.add("Ann Client", note="zq1")
    scene.add("Ben Zq2", handle="ben-zq2", note="zq3")
    scene.do(
        "circle add Zq4 --every 2w",
        ["objective", "add", "Anns move", "--client", "ann-client", "--why", "zq5", "--ask", "zq6", "-t", "sre"],
        ["objective", "add", "Zq7 move", "--key", "zq8-move", "--client", "ben-zq2", "-t", "sre"],
        ["objective", "add", "Zq9 own", "--key", "zq10-own", "-t", "sre"],
    )
    scene.add("Cy Helper", objectives=["anns-move"], org="Acme", circle="Zq4", note="zq11", introduced_by="ben-zq2")
    scene.add("Dee Zq12", objectives=["zq8-move"], org="Zq13")
    scene.add("Eve Zq14", objectives=["zq10-own"], org="Zq15")
    scene.log("coffee with cy about zq16 +anns-move", 3, note="zq17", gave="zq18", got="zq19")
    scene.log("coffee with cy about zq20 +anns-move +zq8-move", 4, note="zq21")
    scene.log("coffee with cy, @ben-zq2 about zq22 +anns-move", 5, note="zq23")
    scene.log("coffee with cy about the move of Bén, Zq2 +anns-move", 6)
    scene.log("coffee with cy", 7, note="as marked, +zq10-own")
    scene.log("call with @dee-zq12 about zq24", 8, mine=["zq25"])
    scene.log("call with @eve-zq14 about zq26", 9, theirs=["zq27"])
    scene.log("post: zq28 #sre", 10)
    scene.log("coffee with cy about zq29 +none", 11)
    scene.log("coffee with cy +anns-move", 40)
    scene.log("coffee with @dee-zq12 about zq34 +zq8-move", 45)
    scene.log("coffee with @dee-zq12 about her +anns-move", 2)
    # A name without a letter: no word of it could be looked for.
    scene.add("☂", handle="umbrella")
    scene.do("objective add Zq35 --client umbrella")
    scene.log("coffee with cy, @umbrella about zq36 +anns-move", 12)
    scene.do(
        "followup add zq30 -w cy -o zq8-move",
        "followup add zq31 -w cy -o anns-move",
        "opportunity add 'Staff engineer' --through cy -o anns-move",
        "opportunity add Zq32 --through dee-zq12 -o zq8-move",
        "opportunity add Zq33",
    )


def marks(text: str) -> list[str]:
    """The markers in a text."""
    return sorted(set(MARK.findall(text.casefold())))


@rows("shown", FORMATS)
@rows("options", ["", "--chart", "--since 2y"])
def test_nothing_of_anybody_else_is_on_the_page(scene: Scene, shown: str, options: str) -> None:
    told = scene.do(f"review --client ann {options} -f {shown}")
    assert marks(told.stdout + told.stderr) == []
    assert "anns-move" in told.stdout


@rows("shown", FORMATS)
def test_notes_are_only_those_in_which_no_other_client_has_a_part(scene: Scene, shown: str) -> None:
    told = scene.do(f"review --client ann --with-notes -f {shown}")
    # What was said with Cy, and the name of Dee, who took part in something else for Ann.
    assert marks(told.stdout) == ["zq12", "zq16", "zq17", "zq18", "zq19"]
    assert marks(told.stderr) == []
    # With Ben's objective, with Ben, about Ben, with a mark of another objective, with one more client; not the post.
    assert "another client has a part in them: 5" in told.stderr


def test_the_figures_are_of_what_was_for_the_client(scene: Scene) -> None:
    rows = scene.do("review --client ann -f json").rows
    told = {(r["section"], r["figure"], r["subject"]): (r["value"], r["before"]) for r in rows}
    # With Cy six times, one of them implied, with two other clients beside Cy, and with Dee.
    assert told["overall", "touches", None] == (9, 1)
    assert told["overall", "exposure", None] == (1, 0)
    assert told["purpose", "implied", None] == (1, 0)
    assert told["promises", "mine_open", None] == (1, 0)
    assert told["objective", "touches", "anns-move"] == (9, 1)
    # Dee was met before, for another client.
    assert [told["ties", word, None] for word in ("new", "kept", "revived")] == [(2, 1), (2, 0), (0, 0)]
    # A tie is with a person: as in `opportunity list`, every touch before counts, whatever it was for.
    assert told["opportunity", "introduction", "anns-move"] == (8, None)
    assert {subject for _, _, subject in told} == {None, "anns-move"}
    assert not {"suggestion", "note"} & {section for section, _, _ in told}
    assert ("purpose", "purposeful_share", None) not in told


def test_the_charts_of_a_client_are_of_their_objectives_only(scene: Scene) -> None:
    rows = scene.do("review --chart --client ann -f json").rows
    assert {(r["series"], r["name"]) for r in rows} == {("touches", None), ("objective", "anns-move")}
    assert sum(r["touch_count"] for r in rows if r["series"] == "touches") == 10


def test_somebody_who_is_no_client_gets_a_page_of_nothing(scene: Scene) -> None:
    told = scene.do("review --client dee-zq12 -f json --with-notes")
    assert {r["value"] for r in told.rows if r["section"] == "overall"} == {0}
    assert marks(told.stdout) == []


def test_the_whole_review_has_the_markers_that_the_page_leaves_out(scene: Scene) -> None:
    told = scene.do("review -f json")
    assert {"zq8", "zq10", "zq32", "zq33"} <= set(marks(told.stdout))
    assert "zq24" not in marks(told.stdout)


@pytest.mark.parametrize(
    "called", ["so Zq40 said", "mail ZQ41@secretco.test for it", "as zq42 told", "see zq41@secretco.test."]
)
def test_notes_that_call_another_client_by_an_alias_or_an_address_are_left_out(scene: Scene, called: str) -> None:
    scene.do(
        "contact edit ben-zq2 --alias Zq40 --alias 'Zq42' --email other@secretco.test --email zq41@secretco.test",
    )
    scene.log("coffee with cy about a word +anns-move", 1, note=called)
    scene.log("coffee with cy about plain tea +anns-move", 1, note="and nothing else")
    told = scene.do("review --client ann --with-notes -f json")
    assert not {"zq40", "zq41", "zq42"} & set(marks(told.stdout))
    assert "plain tea" in told.stdout
    assert "another client has a part in them: 6" in told.stderr


def test_the_page_is_one_to_hand_over_and_its_fields_are_rows(scene: Scene) -> None:
    page = scene.do("review --client ann -f md").stdout
    assert page.startswith("# For Ann Client: ")
    assert "\n## What it was for\n\n- Anns move (+anns-move)\n" in page
    assert "| +anns-move | 9 (1) | 4 (1) |" in page
    assert "netj " not in page
    rows = scene.do("review --client ann -f md --fields figure,value").stdout
    assert rows.startswith("| figure | value |\n| --- | ---: |\n| days | 30 |")


def test_what_the_client_promised_stands_apart_from_what_others_did(scene: Scene) -> None:
    scene.log("call with @ann-client +anns-move", 9, theirs=["polish the cv by in 2 days", "rest by in 3 days"])
    scene.log("call with @cy-helper +anns-move", 9, theirs=["ask around by in 2 days"])
    shown = {
        r["figure"]: r["value"] for r in scene.do("review --client ann -f json").rows if r["section"] == "promises"
    }
    assert {figure: value for figure, value in shown.items() if value} == {
        "mine_open": 1,
        "client_open": 2,
        "theirs_open": 1,
    }
    page = scene.do("review --client ann -f md").stdout
    told = [
        line.partition(" | ")[::2] for line in page.splitlines() if line.startswith(("| Your own", "| Promises of"))
    ]
    assert [title for title, _ in told] == ["| Your own promises", "| Promises of others"]
    # In the review of all there is nobody whose page it is.
    whole = {r["figure"]: r["value"] for r in scene.do("review -f json").rows if r["section"] == "promises"}
    assert "client_open" not in whole
    assert whole["theirs_open"] == 4


def test_a_client_is_not_their_own_helper(scene: Scene) -> None:
    def told() -> list[object]:
        rows = {(r["section"], r["figure"]): r["value"] for r in scene.do("review --client ann -f json").rows}
        (listed,) = scene.do("objective list --client ann -f json").rows
        return [
            *(rows["overall", figure] for figure in ("contacts", "organizations")),
            *(rows["ties", "new"], rows["objective", "contacts"], rows["objective", "grown"]),
            *(listed["contact_count"], listed["organization_count"], listed["grown_count"]),
        ]

    before = told()
    for days in (100, 60, 1):
        scene.log("coffee with @ann-client +anns-move", days)
    # Neither is a meeting.
    scene.log("email with @ann-client +anns-move", 1)
    scene.do(["log", "intro", "--intro", "cy-helper", "--to", "ann-client", "--for", "anns-move"])
    assert told() == before
    rows = scene.do("review --client ann -f json").rows
    assert [(r["value"], r["before"]) for r in rows if r["figure"] == "with_client"] == [(1, 0)]
    # That there was one is told, though it is two touches; one that was for nothing is not of this page.
    scene.do("log intro --intro ann-client --to cy-helper --for none")
    rows = scene.do("review --client ann -f json").rows
    assert [(r["value"], r["before"]) for r in rows if r["figure"] == "introductions"] == [(1, 0)]
    page = " ".join(scene.do("review --client ann -f table").stdout.split())
    assert "; 1 introduction; 1 meeting with you. In the" in page
    scene.do("objective add Later --client dee-zq12")
    scene.log("coffee with @dee-zq12 +later", 1)
    (alone,) = scene.do("objective list --client dee-zq12 -f json").rows
    assert (alone["gaps"], alone["touch_count_30d"]) == (["nobody is helping yet", "no next step"], 1)
    gaps = [r["text"] for r in scene.do("review --client dee-zq12 -f json").rows if r["section"] == "gap"]
    assert gaps == alone["gaps"]


def test_a_promise_for_two_objectives_is_a_next_step_of_both(scene: Scene) -> None:
    def lacking() -> list[tuple[bool, bool, list[object]]]:
        listed = scene.do("objective list -f json").rows
        shown = [scene.do(f"objective show {o['key']} -f json").rows[0] for o in listed]
        gaps = [r["subject"] for r in scene.do("review -f json").rows if r["section"] == "gap" and "next" in r["text"]]
        return [
            ("no next step" in one["gaps"], one["key"] in gaps, one["followups"])
            for one in shown
            if one["key"] in ("later", "sooner")
        ]

    scene.do("objective add Later --client ann-client", "objective add Sooner --client ann-client")
    assert lacking() == [(True, True, []), (True, True, [])]
    scene.log("call with @cy-helper +sooner +later", 1, mine=["write a list by 2027-06-01"])
    ((without, reviewed, steps), other) = lacking()
    assert (without, reviewed, len(steps)) == (False, False, 1)
    assert other == (False, False, steps)


def test_a_page_for_somebody_who_is_no_client_says_so(scene: Scene) -> None:
    said = "Cy Helper is no client yet"
    assert said in scene.do("review --client cy-helper").stderr
    assert said not in scene.do("review --client ann-client").stderr
