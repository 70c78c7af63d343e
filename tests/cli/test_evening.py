"""An evening as one text: everybody met is one interaction, one action and one undo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj, Result

TWENTY = [
    f"{first} {last}" for first in ("Ada", "Ben", "Cleo", "Dora", "Emil") for last in ("Abt", "Bly", "Cox", "Day")
]


@pytest.fixture
def journal(environment: dict[str, str]) -> Path:
    return Path(environment["NETJ_DB"])


@pytest.fixture(autouse=True)
def told(netj: Netj, journal: Path) -> None:
    story.tell(netj, journal)


def evening(netj: Netj, *lines: str, options: str = "") -> Result:
    return netj(f"log - -f json {options}", stdin="\n".join(lines) + "\n")


def stored(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def promises(netj: Netj) -> dict[str, tuple[str, str]]:
    return {r["text"]: (r["contact"], r["by"]) for r in stored(netj, "followup")}


def test_twenty_people_met_are_one_interaction_one_action_and_one_undo(netj: Netj) -> None:
    before, interactions = netj("export").ok.stdout, len(stored(netj, "interaction"))
    lines = [f"- {name} @ Initech, Engineer: note {n} #kafka > call {n} by friday" for n, name in enumerate(TWENTY)]
    (row,) = evening(netj, "yesterday: event: Data meetup +platform-role", *lines, options="--new --circle outer").rows
    assert (row["kind"], row["on"], row["summary"]) == ("event", "2026-11-22", "Data meetup")
    assert sorted(row["contacts"]) == sorted(row["created"]) == sorted(n.lower().replace(" ", "-") for n in TWENTY)
    assert row["objectives"] == ["platform-role"]
    assert len(stored(netj, "interaction")) == interactions + 1
    (shown,) = netj("contact show emil-day -f json").rows
    told = (shown["organization"], shown["title"], shown["circle"], shown["topics"])
    assert told == ("Initech", "Engineer", "outer", ["kafka"])
    assert promises(netj)["call 19"] == ("emil-day", "2026-11-27")
    for view in ("timeline emil-day", "search meetup"):
        seen, (row,) = netj(view, tty=True).ok.stdout, netj(f"{view} -f json").rows
        assert ("17 more" in " ".join(seen.split()), len(row["contacts"])) == (True, 20)
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_an_organization_in_brackets_is_not_made_part_of_a_name(netj: Netj) -> None:
    before = netj("export").ok.stdout
    for refused in (
        evening(netj, "event: Data meetup", "* Bob Hill (Initech): wants a talk", options="--new"),
        netj('log "coffee with Bob Hill (Initech) about a talk" --new'),
        netj('log -w "Bob Hill (Initech)" "a talk"'),
        netj('log "coffee with Bob Hill at Initech about a talk" --new'),
        netj('log "met Bob Hill from Initech" --new'),
        evening(netj, "event: Data meetup", "- Bob Hill from Initech: again", options="--new"),
    ):
        assert (refused.code, refused.stdout) == (2, "")
        assert "- Bob Hill @ Initech" in refused.stderr
    assert netj("export").ok.stdout == before
    assert netj('contact add "Bob Hill (Initech)" --handle bob').code == 0  # who is called so can be named so
    (row,) = evening(netj, "event: Data meetup", "* Bob Hill (Initech): wants a talk").rows
    assert row["contacts"] == ["bob"]


def test_each_line_is_about_its_own_person(netj: Netj) -> None:
    written = evening(
        netj,
        "event: meetup at Globex",
        "loud room",
        "- Dana: moves in March #sre #lisp > send the book by 2026-12-01 > ring her",
        "- Priya: hires",
        "- Lena Ortiz > write",
        "good food",
    )
    assert written.ok
    (met,) = [r for r in stored(netj, "interaction") if r["summary"] == "meetup at Globex"]
    assert met["note"] == "loud room\ngood food"
    assert sorted(met["touch_notes"].values()) == ["hires", "moves in March"]
    uids = {r["contact"]: r["uid"] for r in netj("contact list -f json").rows}
    assert met["touch_notes"][uids["priya-nair"]] == "hires"
    assert "priya-nair: hires" in netj("search hires", tty=True).stdout
    assert (met["topics"], met["touch_topics"]) == ([], {uids["dana-whitfield"]: ["lisp", "sre"]})
    made = promises(netj)
    assert made["send the book"] == ("dana-whitfield", "2026-12-01")
    assert made["ring her"] == ("dana-whitfield", "2026-11-30")
    assert made["write"] == ("lena-ortiz", "2026-11-30")
    assert {"sre", "lisp"} <= set(netj("contact show dana -f json").rows[0]["topics"])
    assert netj("contact show priya -f json").rows[0]["topics"] == []


def test_options_add_to_the_text(netj: Netj) -> None:
    (row,) = evening(netj, "meetup", "- Priya: hires", "later", options="-k event -n first -w dana -t sre").rows
    assert (row["kind"], sorted(row["contacts"]), row["topics"]) == ("event", ["dana-whitfield", "priya-nair"], ["sre"])
    assert row["note"] == "first\nlater"


def test_a_line_that_is_nobody_is_the_note(netj: Netj) -> None:
    (row,) = evening(netj, "coffee with Dana", "Lena: hires", "-Max", "").rows
    assert (row["contacts"], row["note"]) == (["dana-whitfield"], "Lena: hires\n-Max")


def test_lines_that_look_like_people_do_not_go_into_the_note_without_a_word(netj: Netj) -> None:
    written = evening(netj, "Anna Schmidt", "Bob Jones", "coffee with Chen Wei", "Good food.", options="--new")
    (row,) = written.rows
    assert (row["contacts"], row["note"].count("\n")) == (["anna-schmidt"], 2)
    assert "2 lines went into the note of this one interaction" in written.stderr
    assert "'Bob Jones', 'Chen Wei'. Somebody met is `- NAME: what was said`" in written.stderr
    assert evening(netj, "coffee with Anna Schmidt", "Good food.", "- Dana: hires").stderr == ""
    for options, told in (("--new", "'ann lee', 'bo'"), ("", "")):
        assert told in evening(netj, "event: x", "ann lee", "bo", options=options).stderr
    assert "ann lee" not in evening(netj, "event: x", "ann lee", "the room was loud", options="--new").stderr
    refused = evening(netj, "event: x", "- Ann Lee - hires", options="--new")
    assert "Line 2: 'Ann Lee - hires'" in refused.stderr
    assert "`- Ann Lee: hires`" in refused.stderr


def test_whoever_is_made_new_beside_somebody_of_nearly_that_name_is_told(netj: Netj) -> None:
    written = evening(
        netj, "event: x", "- Danna Whitfield: one", "- Max", "- Prya: two", "- Wim Bos", "- Len: three", options="--new"
    )
    assert sorted(written.rows[0]["created"]) == ["danna-whitfield", "prya", "wim-bos"]
    assert written.stderr.splitlines() == [
        "'Len' is taken for lena-ortiz, whose name only begins so; "
        "for somebody new: `netj undo`, then `netj contact add Len`.",
        "danna-whitfield is made new beside dana-whitfield. If they are one: "
        "`netj contact merge dana-whitfield danna-whitfield`.",
        "prya is made new beside priya-nair. If they are one: `netj contact merge priya-nair prya`.",
    ]
    # A full name beside the first name of the same evening's guest, and a namesake elsewhere.
    again = evening(netj, "event: x", "- Prya Rao", "- Wim Bos @ Globex", "- Lena Ortiz @ Umbrella", options="--new")
    assert again.rows[0]["created"] == ["prya-rao", "lena-ortiz-2"]
    assert "`netj contact merge prya prya-rao`" in again.stderr
    assert "`netj contact merge lena-ortiz lena-ortiz-2`" in again.stderr


def test_lines_that_are_refused_are_told_at_once_each_with_its_mend(netj: Netj) -> None:
    refused = evening(
        netj,
        "event: x",
        "- Tom (CTO at Fleetly): one",
        "- Max",
        "- Priya > call by 2027-02-30",
        "- Mehmet 0170/1234567",
        "- @zoltan",
        "- Ada @ Acme, PM & Ben Bly @ N26: two",
        "- Ada Abt (leaves Acme!)",
        options="--new",
    )
    assert (refused.code, refused.stdout) == (2, "")
    first, *told = refused.stderr.splitlines()
    assert first == "netj: 6 lines cannot be taken as they stand."
    assert [line.split(":")[0].strip() for line in told] == [f"Line {n}" for n in (2, 4, 5, 6, 7, 8)]
    mends = (
        "`- Tom @ Fleetly, CTO`",
        "",
        "`- Mehmet: 0170/1234567`",
        "",
        "`Ben Bly @ N26`",
        "`- Ada Abt: leaves Acme!`",
    )
    assert [mend for mend, line in zip(mends, told, strict=True) if mend not in line] == []
    (one,) = evening(netj, "event: x", "- Tom (CTO at Fleetly): one", options="--new").stderr.splitlines()[1:]
    assert "`- Tom @ Fleetly, CTO`" in one


def test_two_people_of_one_name_at_different_organizations_are_two(netj: Netj) -> None:
    written = evening(netj, "event: x", "- Wim Bos: one", "- Wim Bos @ Initech: the other", options="--new")
    assert written.ok.rows[0]["created"] == ["wim-bos", "wim-bos-2"]
    assert "`netj contact merge wim-bos wim-bos-2`" in written.stderr
    assert netj("contact show wim-bos -f json").rows[0]["organization"] is None
    assert evening(netj, "event: y", "- Wim Bos @ Initech: one", "- wim-bos-2: two", options="--new").code == 2


def test_what_they_promised_and_their_address_are_theirs(netj: Netj) -> None:
    lines = ("- Frieda Lang <frieda@lang.de>: press > they: send CV by friday > they introduce me", "- Priya <p@n.in>")
    written = evening(netj, "event: x", *lines, options="--new")
    assert {r["text"]: r["owner"] for r in stored(netj, "followup") if r["contact"] == "frieda-lang"} == {
        "send CV": "them",
        "they introduce me": "me",
    }
    assert "Line 2: 'they introduce me' is kept as what you promised." in written.stderr
    assert "`> they: introduce me`" in written.stderr
    emails = {r["contact"]: r["emails"] for r in netj("contact list -f json").rows}
    assert (emails["frieda-lang"], emails["priya-nair"][-1]) == (["frieda@lang.de"], "p@n.in")
    # Whoever has the address is meant, however the name is spelt.
    (row,) = evening(netj, "event: y", "- F. Lang <Frieda@Lang.de>", options="--new").ok.rows
    assert (row["contacts"], row["created"]) == (["frieda-lang"], [])


REFUSED = {
    "unknown names without --new": (3, "", ("event: x", "- Zoltan Kis: one", "- Priya: two", "- Wim Bos")),
    "a name twice": (2, "", ("event: x", "- Priya: one", "- priya: two")),
    "one person by two names": (2, "", ("event: x", "- Dana: one", "- Dana Whitfield: two")),
    "one person by alias and handle": (2, "", ("event: x", "- Dee", "- @dana-whitfield: two")),
    "somebody who is left out": (2, "--except priya", ("event: x", "- Dana: one", "- Priya: two")),
    "a promise for a day that is none": (2, "", ("event: x", "- Dana", "- Priya: ok > call by 2027-02-30")),
    "a promise for a day that is ambiguous": (2, "", ("event: x", "- Dana", "- Priya: ok > call by 05/06/2027")),
    "a promise for a day gone by": (2, "", ("event: x", "- Priya: ok > call by 2026-11-01")),
    "a post that somebody was at": (2, "", ("post: x", "- Priya: liked it")),
    "an organization without a name": (2, "--new", ("event: x", "- @ Acme: one")),
    "one at two places": (2, "--new", ("event: x", "- Ada Abt @ Acme @ Globex: one")),
    "two in one line": (2, "--new", ("event: x", "- Priya", "- Ada Abt & Ben Bly: hire")),
    "a sentence": (2, "--new", ("event: x", "- coffee with Ada Abt")),
    "a remark behind a comma": (2, "", ("event: x", "- Ada Abt, tall: hires")),
    "an unknown handle": (3, "--new", ("event: x", "- @zoltan: one")),
    "an unknown group": (3, "--new", ("event: x", "- Priya", "- @group: one")),
    "nothing": (2, "", ("", "")),
}


@rows("case", REFUSED)
def test_what_cannot_be_is_refused_and_nothing_is_written(netj: Netj, journal: Path, case: str) -> None:
    before = journal.read_bytes()
    code, options, lines = REFUSED[case]
    ended = evening(netj, *lines, options=options)
    assert (ended.code, ended.stdout) == (code, ""), ended.stderr
    assert journal.read_bytes() == before


def test_unknown_names_are_listed_at_once(netj: Netj) -> None:
    _, _, err = evening(netj, "event: x", *REFUSED["unknown names without --new"][2][1:])
    assert "2 people are not known here: 'Zoltan Kis', 'Wim Bos'." in err
    assert "--new" in err
    many = evening(netj, "event: x", *(f"- {name}" for name in TWENTY)).stderr
    assert "20 people" in many
    assert "'Cleo Abt', …" in many


def test_known_people_are_not_made_again(netj: Netj) -> None:
    (row,) = evening(netj, "event: x", "- Dana Whitfield @ Acme", "- LENA ORTIZ", "- Zoltan Kis", options="--new").rows
    assert row["created"] == ["zoltan-kis"]
    assert sorted(row["contacts"]) == ["dana-whitfield", "lena-ortiz", "zoltan-kis"]


def test_a_beginning_of_a_handle_makes_nobody(netj: Netj) -> None:
    (row,) = evening(netj, "event: x", "- dana-w: one", options="--new").rows
    assert (row["contacts"], row["created"]) == (["dana-whitfield"], [])


def test_an_event_without_people_is_logged(netj: Netj) -> None:
    (row,) = evening(netj, "event: Data meetup", "nobody I know").rows
    assert (row["contacts"], row["summary"], row["note"]) == ([], "Data meetup", "nobody I know")


def test_a_group_may_be_named_in_the_first_line_and_nowhere_else(netj: Netj) -> None:
    (row,) = evening(netj, "event: Review group:tuesday-table", "- max-frank: told of a role").rows
    assert (sorted(row["contacts"]), row["summary"]) == (["dana-whitfield", "max-frank", "priya-nair"], "Review")
    refused = evening(netj, "event: Review", "- group:tuesday-table: talked")
    assert (refused.code, refused.stdout) == (2, "")
    assert "in the first line" in refused.stderr
