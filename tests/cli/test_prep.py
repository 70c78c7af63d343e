"""`netj prep`: one screen before a conversation with a contact."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from preparing import prep, tell

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    tell(netj, Path(environment["NETJ_DB"]))


def test_a_contact_is_told_with_all_that_bears_on_the_conversation(netj: Netj) -> None:
    row = prep(netj, "dana")
    assert {
        key: row[key]
        for key in ("type", "known", "name", "contact", "organization", "title", "standing", "due_on", "last_on")
    } == {
        "type": "contact",
        "known": True,
        "name": "Dana Whitfield",
        "contact": "dana-whitfield",
        "organization": "Acme",
        "title": "VP Platform",
        "standing": "overdue",
        "due_on": "2026-10-22",
        "last_on": "2026-10-01",
    }
    assert row["affiliations"] == ["VP Platform, Acme (since 2026-11-23)", "Director, Globex (until 2026-11-23)"]
    assert row["usual_days"] == 64.0
    assert row["signals"] == ["birthday on Fri 20 Nov"]
    assert row["groups"] == ["Tuesday table"]
    assert row["opportunities"] == ["1 lead 2026-10-01 Lead of runtime"]


def test_the_last_three_interactions_come_with_their_words_and_who_took_part(netj: Netj) -> None:
    assert prep(netj, "dana")["talks"] == [
        "6 2026-10-01 coffee dana-whitfield the team - splits in two by spring",
        "5 2026-09-01 intro dana-whitfield,tom-baker meeting Tom",
        "4 2026-06-02 meal dana-whitfield,sam-okafor on-call pay",
    ]


def test_a_note_on_them_comes_before_the_note_on_the_whole_evening(netj: Netj) -> None:
    evening = "event about a meetup\n- Dana Whitfield: looks for an SRE\n- Tom Baker: wants out"
    netj("log -", stdin=evening).ok  # noqa: B018  # it must succeed
    assert prep(netj, "dana")["talks"][0].endswith("a meetup - looks for an SRE")
    assert prep(netj, "tom-baker")["talks"][0].endswith("a meetup - wants out")


def test_promises_stand_both_ways_and_those_of_the_objective_apart(netj: Netj) -> None:
    row = prep(netj, "dana")
    assert row["followups"] == ["2 me 2026-11-20 send the template", "3 them 2026-11-30 introduce me"]
    assert (row["next_steps"], row["next_with"]) == (["4 me 2026-11-27 update the CV"], ["-"])
    for owner in ("me", "them"):
        assert netj(f"followup add 'look at it' -w tom-baker -o {row['objectives'][0]} --by today --owner {owner}").ok
    assert prep(netj, "dana")["next_with"] == ["tom-baker", "tom-baker", "-"]
    shown = netj("prep dana -f table").ok.stdout
    assert "today, you to Tom Baker: look at it" in shown
    assert "today, Tom Baker: look at it" in shown
    assert row["given"] == ["2026-01-15 comments on a draft"]
    assert row["received"] == ["2026-03-20 a name"]


def test_what_they_support_and_what_they_could_come_with_the_why_and_the_questions(netj: Netj) -> None:
    row = prep(netj, "dana")
    assert (row["objectives"], row["could"]) == (["platform-role"], ["conference-talk"])
    assert row["common"] == ["platform-role #platform", "platform-role @Acme", "conference-talk #incidents"]
    assert row["targets"] == ["platform-role 2027-03-31"]
    assert row["whys"] == ["platform-role lead again", "conference-talk be known"]
    assert row["sought"] == ["platform-role lead roles"]
    assert row["questions"] == [
        "platform-role Who owns it?",
        "platform-role What broke?",
        "conference-talk Who picks the talks?",
    ]
    assert (row["topics"], row["came_up"]) == (["incidents"], ["platform"])
    assert row["shared_topics"] == ["incidents", "platform"]
    # What a touch states counts as a link does; a former employer is shared too.
    netj("log '2026-11-01: chat @tom-baker about rust +learn-rust'").ok  # noqa: B018
    row = prep(netj, "tom-baker")
    assert (row["objectives"], row["could"]) == (["learn-rust"], ["platform-role"])


def test_an_objective_or_topic_that_is_named_counts_although_nothing_else_links_it(netj: Netj) -> None:
    assert prep(netj, "dana +learn-rust")["objectives"] == ["learn-rust", "platform-role"]
    assert prep(netj, "dana -t rust")["could"] == ["conference-talk", "learn-rust"]
    assert netj("prep dana +nothing").code == 3
    assert netj("prep +learn-rust").code == 2


def test_a_paused_objective_is_told_only_when_it_is_named(netj: Netj) -> None:
    netj("objective pause platform-role").ok  # noqa: B018
    assert prep(netj, "dana")["objectives"] == []
    assert prep(netj, "dana +platform-role")["objectives"] == ["platform-role"]


def test_health_is_the_sum_of_its_terms_and_follows_the_half_life_that_is_set(
    netj: Netj, environment: dict[str, str]
) -> None:
    row = prep(netj, "dana")
    # Conversations, and 83 days ago an intro.
    conversations = sum(2 ** (-age / 90) for age in (53, 174, 248, 312, 348))
    assert row["health_terms"] == {"conversation": round(conversations, 3), "exchange": round(0.6 * 2 ** (-83 / 90), 3)}
    assert row["health"] == pytest.approx(sum(row["health_terms"].values()))
    assert (row["grown"], row["dormant"]) == (True, False)
    Path(environment["NETJ_CONFIG"]).write_text("[health]\nhalf_life = '10d'\n", encoding="utf-8")
    assert prep(netj, "dana")["health"] < row["health"] / 10


def test_of_a_long_promise_the_number_is_told_too(netj: Netj) -> None:
    netj(["followup", "add", "word " * 40, "-w", "dana-whitfield"]).ok  # noqa: B018  # it must succeed
    (lines,) = re.findall(r"you promised +(.*?)they promised", netj("prep dana", tty=True).ok.stdout, re.DOTALL)
    assert re.search(r"word… \[\d+\]$", " ".join(lines.split()))


def test_what_was_never_touched_has_no_health_and_what_is_due_says_so_once(netj: Netj) -> None:
    def screen(words: str) -> str:
        return " ".join(netj(f"prep {words}", tty=True).ok.stdout.split())

    netj("contact edit danila-wu --every 2w").ok  # noqa: B018  # it must succeed
    assert "how it is due today; no touch yet; wished every 14 days" in screen("danila-wu")
    assert "health" not in screen("danila-wu")
    assert "how it is overdue; due 32 days ago; last" in screen("dana")
    netj("contact add 'Uma Roy' --org Acme").ok  # noqa: B018
    assert "Uma Roy, no touch yet" in screen("acme")
    assert "Lena Ortiz, Recruiter, health" in screen("acme")


def test_a_grown_tie_that_went_quiet_for_a_year_is_said_to_be_dormant(netj: Netj) -> None:
    result = netj("prep dana", tty=True, env={"NETJ_TODAY": "2027-10-01"}).ok
    assert "grown tie, dormant for a year" in " ".join(result.stdout.split())
    assert "dormant" not in netj("prep dana", tty=True, env={"NETJ_TODAY": "2027-09-30"}).ok.stdout


def test_through_whom_one_was_met_is_told_as_a_chain(netj: Netj) -> None:
    row = prep(netj, "dana")
    assert (row["introduced_by"], row["chain"]) == ("priya-nair", ["priya-nair", "sam-okafor"])
    assert row["introductions"] == [
        "2026-09-01 @me tom-baker dana-whitfield",
        "2025-12-10 priya-nair dana-whitfield @me",
    ]
    screen = " ".join(netj("prep dana", tty=True).ok.stdout.split())
    assert "a queue in Dublin; through Priya Nair, whom you met through Sam Okafor" in screen
    assert "you introduced Tom Baker to them" in screen
    # Told by the chain already.
    assert "introduced them to you" not in screen


def test_a_chain_ends_where_it_bites_its_tail_and_after_five(netj: Netj) -> None:
    netj("contact edit sam-okafor --introduced-by dana-whitfield").ok  # noqa: B018
    assert prep(netj, "dana")["chain"] == ["priya-nair", "sam-okafor"]
    netj("contact add P0").ok  # noqa: B018
    for n in range(1, 8):
        netj(f"contact add P{n} --introduced-by p{n - 1}").ok  # noqa: B018
    assert prep(netj, "p7")["chain"] == ["p6", "p5", "p4", "p3", "p2"]


def test_thanks_for_an_introduction_are_owed_until_they_are_given(netj: Netj) -> None:
    row = prep(netj, "priya")
    assert row["thanks"] == ["1 2025-12-10 dana-whitfield"]
    assert "thank them for the introduction to Dana Whitfield" in netj("prep priya", tty=True).ok.stdout.replace(
        "\n", ""
    )
    netj("done 1").ok  # noqa: B018
    assert prep(netj, "priya")["thanks"] == []


def test_an_archived_contact_is_still_prepared_for(netj: Netj) -> None:
    netj("contact archive dana-whitfield").ok  # noqa: B018
    row = prep(netj, "Dee")
    assert (row["contact"], row["archived"]) == ("dana-whitfield", True)
    assert "archived" in netj("prep dana", tty=True).ok.stdout


def test_an_empty_journal_gives_a_row_too(netj: Netj, environment: dict[str, str]) -> None:
    Path(environment["NETJ_DB"]).unlink()
    row = prep(netj, "'Robin Vale' --at Acme")
    assert (row["known"], row["objectives"], row["hits"]) == (False, [], [])
    assert netj("prep Robin", tty=True).ok.stdout == "who  Robin: nobody you know\n"


def test_for_a_client_nothing_of_anybody_else_is_told(netj: Netj) -> None:
    for command in (
        "contact add 'Ann Client'",
        "contact add 'Ben Client'",
        "objective add 'Anns move' --client ann-client --org Acme --why 'a new start'",
        "objective add 'Bens move' --client ben-client --org Acme",
        "contact edit dana-whitfield --introduced-by ben-client -o anns-move -o bens-move",
        "group add Clients --with ann-client --with dana-whitfield",
        "log '2026-11-01: call @dana-whitfield about Ann at Acme +anns-move #moving' --got 'a tip for Ann'",
        "log '2026-11-02: call @dana-whitfield about Ben at Acme +bens-move #secret' --gave 'Bens CV' "
        "--opportunity 'Ben at Acme'",
        "followup add 'write for Ann' -w dana-whitfield -o anns-move",
        "followup add 'write for Ben' -w dana-whitfield -o bens-move",
    ):
        assert netj(command).ok, command
    for words in ("dana", "Acme", "'Robin Vale' --at Acme", "Ben Acme"):
        out = netj(f"prep {words} --client ann-client -f json").ok.stdout.replace('"Ben Acme"', "")
        for word in (
            "Ben",
            "ben-client",
            "bens-move",
            "platform-role",
            "secret",
            "CV",
            "Thursdays",
            "template",
            "Clients",
        ):
            assert word not in out, (words, word)
        assert "anns-move" in out
    row = prep(netj, "dana --client ann-client")
    assert [talk.split(" ")[1] for talk in row["talks"]] == ["2026-11-01"]
    assert row["followups"][0].endswith("write for Ann")
    assert row["received"] == ["2026-11-01 a tip for Ann"]
    # The tie is with a person, whatever it was about.
    assert row["touch_count"] == prep(netj, "dana")["touch_count"]
    assert netj("prep dana +bens-move --client ann-client").code == 3


def test_the_screen_fits_its_width_and_begins_with_who_it_is(netj: Netj) -> None:
    for width in (40, 80):
        lines = netj("prep dana", tty=True, env={"COLUMNS": str(width)}).ok.stdout.splitlines()
        assert max(map(len, lines)) <= width
        assert "Dana Whitfield" in lines[0]
    assert len(lines) <= 27


def test_nothing_stored_can_steer_the_screen(netj: Netj) -> None:
    netj(["contact", "edit", "dana-whitfield", "--note", "\x1b[31mred\x07 [bold]x[/bold] :bomb:\nhidden"]).ok  # noqa: B018
    out = netj("prep dana", tty=True).ok.stdout
    assert "\x1b" not in out
    assert "\x07" not in out
    assert "[bold]x[/bold] :bomb:" in out


def test_machine_formats_give_one_row_with_the_same_keys_for_every_type(netj: Netj) -> None:
    rows = [prep(netj, words) for words in ("dana", "Acme", "'Robin Vale'")]
    assert len({tuple(row) for row in rows}) == 1
    assert netj("prep dana").ok.stdout.count("\n") == 2
    assert netj("prep dana --fields contact,health --no-header").ok.stdout.startswith("dana-whitfield\t1.")
