"""`netj prep` of an organization, and of somebody or something that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from preparing import prep, tell

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    tell(netj, Path(environment["NETJ_DB"]))


def test_an_organization_is_told_by_its_people_the_healthiest_first(netj: Netj) -> None:
    row = prep(netj, "acme")
    assert (row["type"], row["known"], row["name"], row["contact"]) == ("organization", True, "Acme", None)
    assert (row["contacts"], row["former"]) == (["dana-whitfield", "lena-ortiz"], ["tom-baker"])
    assert (row["contact_count"], row["former_count"]) == (2, 1)
    assert [line.split(" ")[0] for line in row["people"]] == ["dana-whitfield", "lena-ortiz", "tom-baker"]
    assert row["people"][0] == f"dana-whitfield {prep(netj, 'dana')['health']:.3f} 2026-10-01 VP Platform"
    assert row["opportunities"] == ["1 lead 2026-10-01 Lead of runtime"]
    assert row["objectives"] == ["platform-role"]
    assert [line.split(" ")[1] for line in row["talks"]] == ["2026-10-01", "2026-09-01", "2026-08-10"]


def test_what_was_said_of_an_organization_anywhere_is_found(netj: Netj) -> None:
    hits = prep(netj, "Acme")["hits"]
    assert any(hit.startswith("interaction 9 2026-11-18 ") for hit in hits), hits
    assert any("Acme pays above band" in hit for hit in hits), hits
    # Neither the organization itself, nor what is among the last interactions already.
    assert not any(hit.startswith(("organization ", "interaction 6 ", "interaction 8 ")) for hit in hits)


def test_an_organization_is_named_by_alias_form_and_beginning(netj: Netj) -> None:
    netj("org rename initech 'Initrode Ltd'").ok  # noqa: B018
    assert [prep(netj, f"'{name}'")["name"] for name in ("ACME Inc", "Glob", "initech", "initrode")] == [
        "Acme",
        "Globex",
        "Initrode Ltd",
        "Initrode Ltd",
    ]


def test_a_recruiter_out_of_the_blue_is_met_with_all_that_is_known_of_the_place(netj: Netj) -> None:
    row = prep(netj, "'Robin Vale' --at Acme -t platform +platform-role")
    assert (row["type"], row["known"], row["name"]) == ("unknown", False, "Robin Vale")
    assert (row["organization"], row["contacts"], row["former"]) == (
        "Acme",
        ["dana-whitfield", "lena-ortiz"],
        ["tom-baker"],
    )
    assert row["objectives"] == ["platform-role", "conference-talk", "learn-rust"]
    assert "platform-role lead roles" in row["sought"]
    assert row["common"] == ["platform-role #platform", "platform-role @Acme"]
    assert "2 2026-01-15 coffee dana-whitfield her move to Acme" in row["talks"]
    screen = netj("prep Robin Vale --at Acme -t platform +platform-role", tty=True).ok.stdout
    for said in ("nobody you know, at Acme", "Dana Whitfield, VP Platform", "looking for lead roles", "Who owns it?"):
        assert said in screen


def test_of_an_unknown_name_every_word_is_looked_for(netj: Netj) -> None:
    row = prep(netj, "somebody from Acme on rust")
    assert (row["known"], row["organization"], row["topics"], row["knowing"]) == (
        False,
        "Acme",
        ["rust"],
        ["danila-wu"],
    )
    assert row["objectives"][:2] == ["learn-rust", "platform-role"] or row["objectives"][:2] == [
        "platform-role",
        "learn-rust",
    ]
    assert any("splits in two" in hit for hit in prep(netj, "zzz spring")["hits"])


def test_a_typo_is_never_silently_somebody_unknown(netj: Netj) -> None:
    result = netj("prep 'Dana Whitfeld' -f json")
    assert result.rows[0]["contact"] == "dana-whitfield"
    assert "the nearest is dana-whitfield" in result.stderr
    netj("contact add 'Dana Whitfieldt'").ok  # noqa: B018
    result = netj("prep 'Dana Whitfeld' -f json")
    assert result.rows[0]["known"] is False
    assert "dana-whitfield" in result.stderr
    assert "dana-whitfieldt" in result.stderr
    assert "Acme" in netj("prep Acmee -f json").stderr


def test_with_at_a_name_that_is_only_alike_is_somebody_else_unless_they_work_there(netj: Netj) -> None:
    result = netj("prep 'Dana Whitfeld' --at Hooli -f json")
    assert result.rows[0]["known"] is False
    assert "dana-whitfield" in result.stderr
    assert netj("prep 'Dana Whitfeld' --at Acme -f json").rows[0]["contact"] == "dana-whitfield"
    assert "no organization 'Nowhere'" in netj("prep Robin --at Nowhere -f json").ok.stderr


def test_a_name_that_several_have_is_refused_and_an_exact_organization_is_not(netj: Netj) -> None:
    netj("contact add 'Danny Ray' --every 1mo").ok  # noqa: B018
    result = netj("prep dan")
    assert result.code == 3
    assert "dana-whitfield" in result.stderr
    netj("contact add 'Acmea One'").ok  # noqa: B018
    netj("contact add 'Acmea Two'").ok  # noqa: B018
    assert prep(netj, "acme")["type"] == "organization"
    assert prep(netj, "acmea one")["type"] == "contact"


def test_an_organization_alone_is_asked_for_by_at_too(netj: Netj) -> None:
    assert prep(netj, "--at acme") == prep(netj, "acme")


def test_of_several_people_each_is_asked_for_by_one_command(netj: Netj) -> None:
    assert netj("prep dana and lena").stderr == netj("prep dana, lena").stderr == netj("prep dana lena").stderr
    assert netj("prep dana lena").stderr == "One at a time: `netj prep dana-whitfield`, `netj prep lena-ortiz`.\n"
    assert "One at a time" not in netj("prep Robin Vale").stderr
    # A group is met together, and prepared for one by one.
    netj("group edit tuesday-table --with lena-ortiz").ok  # noqa: B018  # it must succeed
    for typed in ("tuesday table", "group:Tuesday Table", "group:tue"):
        assert netj(f"prep {typed}").stderr == netj("prep dana lena").stderr
    assert "One at a time" not in netj("prep dana whitfield").stderr


def test_what_came_up_stands_before_the_objectives(netj: Netj) -> None:
    lines = netj("prep dana --at acme", tty=True).ok.stdout.splitlines()
    labels = [line.split("  ")[0] for line in lines]
    assert labels.index("opportunity") < labels.index("for") < labels.index("you know")
    # Neither day is the one on which it was promised, or at that stage.
    assert lines[labels.index("opportunity")].endswith("Lead of runtime: lead, came up 53 days ago [1]")
    assert lines[labels.index("you promised")].endswith("due 3 days ago: send the template [2]")


def test_an_interview_is_told_to_whoever_took_part_or_works_there_and_before_what_is_over(netj: Netj) -> None:
    (met,) = netj("log '2026-10-20: interview with tom-baker about runtime' -f json").rows
    for command in (
        f"opportunity move 1 interview --interaction {met['id']}",
        "opportunity add 'An old one' --through dana",
        "opportunity close 2 lost",
        "opportunity add 'At Acme' --org acme --stage talking",
        "opportunity close 3 declined",
    ):
        assert netj(command).ok, command
    runtime = "1 interview 2026-10-01 Lead of runtime"
    # Newer ones that are over stand behind it; what is over at Acme was nothing of theirs.
    assert prep(netj, "dana")["opportunities"] == [runtime, "2 lost 2026-11-23 An old one"]
    assert prep(netj, "tom-baker")["opportunities"] == [runtime]
    assert prep(netj, "lena")["opportunities"] == [runtime]
    assert prep(netj, "priya-nair")["opportunities"] == []
    over = ["3 declined 2026-11-23 At Acme", "2 lost 2026-11-23 An old one"]
    assert prep(netj, "acme")["opportunities"] == [runtime, *over]


def test_what_was_noted_of_one_of_a_crowd_is_found_with_whom(netj: Netj) -> None:
    names = [f"Guest {letter * 3}" for letter in "abcdefgz"]
    lines = [
        "event: meetup of makers",
        *(f"- {name}: glad to meet {name[-1]}" for name in names),
        "- Zoe Last: islands",
    ]
    assert netj("log - --new", stdin="\n".join(lines)).ok
    (row,) = netj("search islands -f json").rows
    assert (row["noted"], row["contacts"][:2]) == ("zoe-last", ["zoe-last", "guest-aaa"])
    assert prep(netj, "islands")["hits"] == [f"interaction {row['id']} {row['on']} Zoe Last: islands"]
    crowd = "Guest aaa, Guest bbb, Guest ccc, 6 more: meetup of makers"
    assert prep(netj, "makers")["hits"] == [f"interaction {row['id']} {row['on']} {crowd}"]
