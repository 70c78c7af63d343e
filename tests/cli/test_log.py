"""`netj log`: what is understood, said back in the receipt, and written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import story

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


def logged(netj: Netj, *words: str, stdin: str = "") -> dict[str, Any]:
    (row,) = netj(["log", *words, "-f", "json"], stdin=stdin).rows
    return row


def stored(netj: Netj, kind: str) -> list[dict[str, Any]]:
    return [r for r in map(json.loads, netj("export").ok.stdout.splitlines()) if r["type"] == kind]


def test_all_in_one_line(netj: Netj) -> None:
    row = logged(netj, "yesterday: coffee with Dana, @priya-nair about Q1 hiring +platform-role #hiring")
    expected = {
        "on": "2026-11-22", "kind": "coffee", "direction": "mutual", "summary": "Q1 hiring",
        "contacts": ["dana-whitfield", "priya-nair"], "objectives": ["platform-role"], "implied": None,
        "topics": ["hiring"], "created": [], "next_due": ["dana-whitfield 2026-12-13", "priya-nair 2026-12-02"],
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected


def test_the_options_say_the_same_as_the_line(netj: Netj) -> None:
    line = logged(netj, "yesterday: coffee with Dana, @priya-nair about Q1 hiring +platform-role #hiring")
    options = logged(
        netj, "-w", "dana", "--with", "priya-nair", "-k", "coffee", "--on", "yesterday", "-o", "platform-role", "-t", "#Hiring",
        "about Q1 hiring",
    )  # fmt: skip
    # That it is there already is all that is remarked.
    assert options.pop("remarks") == [
        f"#{line['id']} is the same kind with the same people on that day. If it is this one: `netj undo`."
    ]
    assert line.pop("remarks") == []
    different = ("uid", "id")
    assert {k: v for k, v in line.items() if k not in different} == {
        k: v for k, v in options.items() if k not in different
    }


def test_words_are_joined(netj: Netj) -> None:
    assert logged(netj, "coffee", "with", "Dana", "about", "the", "offer")["summary"] == "the offer"


def test_with_a_person_given_the_rest_is_what_it_was_about(netj: Netj) -> None:
    for text, summary, contacts in [
        ("call about the staff role", "the staff role", ["dana-whitfield"]),
        ("lunch and a long walk", "a long walk", ["dana-whitfield"]),
        ("he was tired: no decision", "he was tired: no decision", ["dana-whitfield"]),
        ("coffee with priya about x", "x", ["dana-whitfield", "priya-nair"]),
        ("", None, ["dana-whitfield"]),
    ]:
        row = logged(netj, "-w", "dana", text)
        assert (row["summary"], row["contacts"]) == (summary, contacts)


def test_implied_support_is_said_and_not_stored(netj: Netj) -> None:
    row = logged(netj, "call dana about it")
    assert (row["objectives"], row["implied"]) == ([], "platform-role")
    assert [r["objective_uids"] for r in stored(netj, "interaction") if r["uid"] == row["uid"]] == [[]]
    assert logged(netj, "call dana +none")["implied"] is None
    assert logged(netj, "call priya")["implied"] is None
    assert "[platform-role]" in netj("log 'call dana'", tty=True).ok.stdout


def test_promises_have_a_day_a_person_and_an_objective(netj: Netj) -> None:
    row = logged(
        netj, "call dana +speaking", "--next", "send the slides by friday", "--next", "write it up @priya-nair",
        "--they", "introduce me by 2026-12-24", "--by", "tomorrow",
    )  # fmt: skip
    made = {r["text"]: (r["owner"], r["by"], r["contact"], r["objective"]) for r in stored(netj, "followup")}
    assert made["send the slides"] == ("me", "2026-11-27", "dana-whitfield", "speaking")
    assert made["write it up"] == ("me", "2026-11-24", "priya-nair", "speaking")
    assert made["introduce me"] == ("them", "2026-12-24", "dana-whitfield", "speaking")
    assert sum("write it up" in said for said in row["promises"]) == 1


def test_a_promise_without_a_day_is_for_seven_days_and_that_is_said(netj: Netj) -> None:
    ended = netj(["log", "call priya", "--next", "ask for the date", "-f", "json"])
    assert "2026-11-30 ask for the date" in "".join(ended.rows[0]["promises"])
    assert "Mon 30 Nov 2026" in ended.stderr
    assert logged(netj, "call dana", "--next", "later by today")["remarks"] == []


def test_a_promise_of_which_the_year_may_be_a_slip_is_pointed_out(netj: Netj) -> None:
    for command in (
        ["log", "call priya", "--next", "send it by 20 nov"],
        ["amend", "--next", "ask again by 20 nov"],
        ["followup", "add", "write by 20 nov"],
    ):
        assert "Sat 20 Nov 2027, 362 days ahead" in netj(command).ok.stderr, command
    assert "ahead" not in netj(["followup", "add", "call", "--by", "2027-05-22"]).ok.stderr
    assert "181 days ahead" in netj(["followup", "add", "call", "--by", "2027-05-23"]).ok.stderr


def test_a_promise_is_to_the_one_who_was_there_or_to_nobody(netj: Netj) -> None:
    row = logged(netj, "chat with dana and priya", "--next", "send notes by friday")
    assert [r["contact"] for r in stored(netj, "followup") if r["text"] == "send notes"] == [None]
    assert any("@dana" in remark for remark in row["remarks"])
    assert any("send notes" in said for said in row["promises"])


def test_a_promise_is_closed_in_the_same_action(netj: Netj) -> None:
    before = netj("export").ok.stdout
    assert logged(netj, "call dana", "--done", "1", "--next", "more by friday")
    assert {r["text"]: r["status"] for r in stored(netj, "followup")}["send the deck"] == "done"
    assert netj("undo").ok
    assert netj("export").ok.stdout == before


def test_an_introduction_owes_thanks_to_whoever_made_it(netj: Netj) -> None:
    row = logged(netj, "--intro", "Zed Zedson @ Acme, CTO", "--via", "dana", "--new")
    assert (row["kind"], row["created"], row["contacts"]) == ("intro", ["zed-zedson"], ["dana-whitfield", "zed-zedson"])
    assert any("thank them for the introduction" in said for said in row["promises"])
    (zed,) = netj("contact show zed-zedson -f json").rows
    assert (zed["introduced_by"], zed["organization"], zed["title"]) == ("dana-whitfield", "Acme", "CTO")
    row = logged(netj, "--intro", "dana", "--to", "priya")
    assert row["contacts"] == ["dana-whitfield", "priya-nair"]
    assert not any("thank" in said and "priya" in said for said in row["promises"])


def test_a_circle_for_nobody_new_is_told_with_the_command_that_gives_it(netj: Netj) -> None:
    told = "`--circle` is for new contacts, and nobody new was here"
    for line, circle, remarks in (
        ("coffee with Dana", "outer", [f"{told}: `netj keep dana-whitfield --circle outer` puts them into it."]),
        ("Dana", "inner", []),
        ("event: a talk", "outer", [f"{told}."]),
    ):
        for words in ([line], ["-"]):
            assert logged(netj, *words, "--circle", circle, stdin=line)["remarks"] == remarks, line
            assert netj("undo").ok
    assert netj("amend --circle outer -f json").rows[0]["remarks"] == [f"{told}."]


def test_a_new_contact_is_made_only_by_new_and_with_its_circle(netj: Netj) -> None:
    assert netj("log 'coffee with Zed Zedson'").code == 3
    row = logged(netj, "coffee with Zed Zedson and Yan Yu about x", "--new", "--circle", "outer")
    assert (row["created"], row["contacts"]) == (["zed-zedson", "yan-yu"], ["yan-yu", "zed-zedson"])
    assert row["next_due"] == ["yan-yu 2027-05-22", "zed-zedson 2027-05-22"]
    assert logged(netj, "coffee with zed", "--new")["created"] == []


def test_a_degree_parts_nobody_from_themselves(netj: Netj) -> None:
    assert netj(["contact", "add", "Fatima Costa, PhD"]).ok
    for words in (
        ["coffee with Fatima Costa"],
        ["call with Fatima Costa about x", "--new"],
        ["chat", "-w", "Dr. Fatima Costa", "--new"],
    ):
        row = logged(netj, *words)
        assert (row["contacts"], row["created"], row["remarks"]) == (["fatima-costa-phd"], [], [])
    assert logged(netj, "coffee with Fatima Costa Lima", "--new")["created"] == ["fatima-costa-lima"]


def test_new_never_doubles_somebody_whose_first_name_was_typed(netj: Netj) -> None:
    # Lena and Max came by import: neither has a cadence or a touch.
    before = netj("export").ok.stdout
    ended = netj("log 'coffee with Max' --new")
    assert (ended.code, ended.stdout) == (3, "")
    assert "max-frank" in ended.stderr
    assert netj("export").ok.stdout == before
    assert logged(netj, "coffee with Max Power", "--new")["created"] == ["max-power"]
    # Now one Max is tracked, and is meant.
    assert logged(netj, "coffee with Max")["contacts"] == ["max-power"]


def test_an_organization_tells_people_of_one_name_apart(netj: Netj) -> None:
    assert logged(netj, "-w", "Lena Ortiz @ Globex", "--new", "call")["created"] == ["lena-ortiz-2"]
    assert logged(netj, "-w", "Lena Ortiz @ ACME Inc", "--new", "call")["contacts"] == ["lena-ortiz"]
    assert logged(netj, "-w", "lena ortiz @ globex", "call")["contacts"] == ["lena-ortiz-2"]
    assert logged(netj, "-w", "Lena Ortiz @ Umbrella", "--new", "call")["created"] == ["lena-ortiz-3"]
    assert netj(["log", "-w", "Lena Ortiz", "call"]).code == 3


def test_an_organization_named_with_somebody_is_learned_where_none_was_known(netj: Netj) -> None:
    assert netj("contact edit priya-nair --title Designer").ok
    assert logged(netj, "-w", "Priya Nair @ Globex", "call")["created"] == []
    (row,) = netj("contact show priya-nair -f json").rows
    assert (row["organization"], row["title"]) == ("Globex", "Designer")
    # What is known is not changed by naming another: that is for `contact edit`.
    assert logged(netj, "-w", "Priya Nair @ Umbrella", "call")
    assert netj("contact show priya-nair -f json").rows[0]["organization"] == "Globex"


def test_a_group_was_there_except_for_some(netj: Netj) -> None:
    assert logged(netj, "-w", "group:tuesday TABLE", "meeting")["contacts"] == ["dana-whitfield", "priya-nair"]
    row = logged(netj, "-w", "group:tuesday table", "--except", "dana", "meeting about rent")
    assert (row["contacts"], row["kind"], row["summary"]) == (["priya-nair"], "meeting", "rent")
    row = logged(netj, "yesterday: meeting group:tuesday-table and @max-frank about rent")
    assert (sorted(row["contacts"]), row["summary"]) == (["dana-whitfield", "max-frank", "priya-nair"], "rent")
    both = ["log", "-w", "group:tuesday table", "--except", "dana", "--except", "priya", "meeting"]
    assert netj(both).code == 2


def test_a_broadcast_needs_nobody_and_moves_nobody(netj: Netj) -> None:
    before = netj("due --all -f json").rows
    for text in ("post: On being on call #sre", "talk Scaling teams +speaking", "article about 9:30 meetings"):
        row = logged(netj, text)
        assert (row["contacts"], row["exposure"], row["direction"]) == ([], True, "out")
    after = netj("due --all -f json").rows
    assert [(r["contact"], r["due_on"], r["last_on"]) for r in after] == [
        (r["contact"], r["due_on"], r["last_on"]) for r in before
    ]


def test_whoever_is_logged_comes_back_from_the_archive(netj: Netj) -> None:
    assert netj("contact archive priya-nair").ok
    assert logged(netj, "call priya")["contacts"] == ["priya-nair"]
    assert "priya-nair" in [r["contact"] for r in netj("contact list -f json").rows]


def test_an_opportunity_is_made_once_and_then_linked(netj: Netj) -> None:
    assert logged(netj, "call dana +platform-role", "--opportunity", "Staff role")
    assert logged(netj, "call priya", "--opportunity", "STAFF ROLE")
    (chance,) = [r for r in stored(netj, "opportunity") if r["title"] != "Staff SRE"]  # of the story
    assert (chance["title"], chance["organization"], chance["through"], chance["objective"], chance["stage"]) == (
        "Staff role", "Acme", "dana-whitfield", "platform-role", "lead",
    )  # fmt: skip
    assert len(chance["interaction_uids"]) == 2


def test_the_same_talk_logged_again_is_pointed_out(netj: Netj) -> None:
    first = logged(netj, "coffee with Dana about jobs")
    assert netj("log 'email to Dana about jobs'").ok.stderr == ""
    for again, told in {
        "coffee with Dana about Jobs": True,
        "coffee with Dana": True,
        "coffee with Dana about the fair": False,
        "coffee with Dana and Priya about jobs": False,
        "call with Dana about jobs": False,
        "yesterday: coffee with Dana about jobs": False,
        "email to Dana": False,
    }.items():
        said = netj(["log", again]).ok.stderr
        assert (f"#{first['id']} is the same kind with the same people" in said) is told, again
        assert netj("undo").ok


def test_all_that_was_understood_is_told(netj: Netj) -> None:
    options = "--got 'a lead' --gave 'a tip' --minutes 40 --done 1 --opportunity"
    card = netj(f"log 'call dana' {options} 'Lead SRE'", tty=True).ok.stdout
    for label, said in (
        ("got", "a lead"),
        ("gave", "a tip"),
        ("minutes", "40"),
        ("part of", "Lead SRE (new opportunity)"),
    ):
        assert f"{label:<8}  {said}\n" in card, card
    assert "kept      you, by Mon 23 Nov 2026: send the deck [1]" in card
    card = netj("amend --opportunity 'lead sre'", tty=True).ok.stdout
    assert card.startswith("amended  ")
    assert "part of   Lead SRE (open opportunity)" in card


def test_the_resolved_day_is_printed_with_its_weekday_for_people(netj: Netj) -> None:
    out = netj("log 'friday: dana about x'", tty=True).ok.stdout
    assert "Fri 20 Nov 2026" in out
    assert "netj undo" in out
    assert "@dana-whitfield" in out
    # So is that of a promise, which way a message went, and what is not served.
    for line, told in {
        "email from dana: x": "from      Dana",
        "email to dana: x +none": "none, on purpose",
        "event: Data meetup": "with    nobody named",
    }.items():
        assert (
            told
            in netj(["log", line, "--next", "send it by friday"][: 2 if "event" in line else 4], tty=True).ok.stdout
        )
    assert "you, by Fri 27 Nov 2026: send it" in netj("log dana about y", tty=True).ok.stdout


def test_a_setting_settles_which_number_is_the_month(netj: Netj) -> None:
    for order, day in (("dmy", "2026-06-05"), ("mdy", "2026-05-06")):
        env = {"NETJ_DATE_ORDER": order}
        for command in ("log '05/06/2026: dana' -f json", "log dana --on 05/06/2026 -f json"):
            assert netj(command, env=env).rows[0]["on"] == day
    assert netj("log dana --next 'x by 05/06/2027' -f json", env={"NETJ_DATE_ORDER": "dmy"}).rows
    assert [r["by"] for r in stored(netj, "followup") if r["text"] == "x"] == ["2027-06-05"]
