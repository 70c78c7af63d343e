"""`--client`: a coach's clients see their own objectives, and nothing of anybody else's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hasty import once

if TYPE_CHECKING:
    from conftest import Netj

#: What must never leave with Ann's part.
OTHERS = ("bens-move", "Bens move", "my-own", "My own")
COMMANDS = (
    "contact add 'Ann Client' --every 2w",
    "contact add 'Ben Client' --every 2w",
    "objective add 'Anns move' --client ann-client --org Acme --by 2027-03-01",
    "objective add 'Bens move' --client ben-client --org Globex",
    "objective add 'My own'",
    "contact add 'Cy Helper' --every 1w -o anns-move -o bens-move --introduced-by ben-client",
    "contact add 'Dee Other' --every 1w -o bens-move",
    "contact add 'Eve Mine' --every 1w -o my-own",
    "group add Mondays --with ann-client --with ben-client",
    "log '2026-11-01: coffee with cy about both roles +anns-move +bens-move' --next 'ask Cy about both by today'",
    "log '2026-11-02: call cy about one role +anns-move' --next 'send the cv by today'",
    "log '2026-11-03: call dee about another role'",
    "log '2026-11-04: call eve about a role of mine'",
    "followup add 'write to Cy for Ben' -w cy -o bens-move --by today",
    "followup add 'write to Cy for Ann' -w cy -o anns-move --by today",
    "log '2026-11-05: video with cy about the chance +anns-move' --opportunity 'Ann at Acme'",
    "log '2026-11-05: video with dee about the chance +bens-move' --opportunity 'Ben at Globex'",
)


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    def tell() -> None:
        for command in COMMANDS:
            assert netj(command).ok, command

    once(Path(environment["NETJ_DB"]), tell)


def rows(netj: Netj, command: str) -> list[dict[str, Any]]:
    return netj(f"{command} -f json").rows


def test_due_and_next_are_narrowed_to_the_client_and_whoever_can_help_them(netj: Netj) -> None:
    assert {row["contact"] for row in rows(netj, "due")} == {
        "ann-client",
        "ben-client",
        "cy-helper",
        "dee-other",
        "eve-mine",
    } - {row["contact"] for row in rows(netj, "due --all") if row["standing"] in ("on-track", "soon", "planned")}
    # Nobody is overdue unseen on their own list, whether any talk with them was said to be for them or not.
    assert {row["contact"] for row in rows(netj, "due --all --client ann")} == {"ann-client", "cy-helper"}
    assert {row["contact"] for row in rows(netj, "due --all --client ben")} == {"ben-client", "cy-helper", "dee-other"}
    assert [row["contact"] for row in rows(netj, "next --client ann")] == ["cy-helper"]
    assert netj("due --client nobody-here").code == 3
    assert rows(netj, "due --client eve-mine") == []


def test_a_timeline_is_narrowed_to_what_was_for_the_client(netj: Netj) -> None:
    assert [row["summary"] for row in rows(netj, "timeline cy --client ann")] == [
        "the chance",
        "one role",
        "both roles",
    ]
    assert [row["summary"] for row in rows(netj, "timeline cy --client ben")] == ["both roles"]
    # Implied support counts too.
    assert [row["summary"] for row in rows(netj, "timeline dee --client ben")] == ["the chance", "another role"]
    assert rows(netj, "timeline eve --client ann") == []
    # Nobody else's key is on it, though the same meeting was for another client too.
    for whose in ("ann", "ben"):
        told = rows(netj, f"timeline cy --client {whose}")
        assert {key for row in told for key in row["objectives"]} == {f"{whose}s-move"}


def test_promises_are_narrowed_to_those_in_the_clients_matter(netj: Netj) -> None:
    def texts(command: str) -> list[str]:
        return sorted(row["text"] for row in rows(netj, command))

    assert texts("followup list --client ann") == ["ask Cy about both", "send the cv", "write to Cy for Ann"]
    assert texts("followup list --client ben") == ["ask Cy about both", "write to Cy for Ben"]
    assert texts("followup list --client eve-mine") == []
    assert netj("followup list --client nobody-here").code == 3
    # What is closed is told of by the same rule.
    assert netj("followup done 1 2 3 4").ok
    assert texts("followup list --client ben") == []
    assert texts("followup list --client ben --all") == ["ask Cy about both", "write to Cy for Ben"]


def test_a_search_is_narrowed_to_what_is_for_the_client(netj: Netj) -> None:
    def titles(command: str) -> list[str]:
        return sorted(row["title"] for row in rows(netj, command))

    assert titles("search role --client ann") == ["both roles", "one role"] or titles("search role --client ann") == [
        "one role"
    ]
    assert titles("search cy --client ann") == ["Cy Helper", "write to Cy for Ann"]
    assert titles("search move --client ann") == ["Anns move"]
    assert titles("search globex --client ann") == []
    assert titles("search ben --client ann") == []


def test_an_export_for_a_client_names_nobody_elses_objective(netj: Netj) -> None:
    out = netj("export --client ann").ok.stdout
    records = [json.loads(line) for line in out.splitlines()][1:]
    called = {
        "contact": "contact",
        "objective": "key",
        "interaction": "summary",
        "followup": "text",
        "opportunity": "title",
    }
    found = {(r["type"], r[called[r["type"]]]) for r in records if r["type"] in called}
    assert {
        ("objective", "anns-move"), ("contact", "cy-helper"), ("interaction", "both roles"), ("interaction", "one role"),
        ("interaction", "the chance"), ("followup", "write to Cy for Ann"), ("followup", "send the cv"),
        ("opportunity", "Ann at Acme"),
    } <= found  # fmt: skip
    for word in (*OTHERS, "dee-other", "eve-mine", "ben-client", "Globex", "Mondays", "for Ben", "Ben at"):
        assert word not in out, word
    theirs = {
        r["uid"]
        for r in map(json.loads, netj("export").ok.stdout.splitlines())
        if r.get("key") in ("bens-move", "my-own")
    }
    assert len(theirs) == 2
    assert not any(uid in out for uid in theirs)
    # The same holds in every format that names objectives.
    for shape in ("json", "ndjson"):
        assert not any(word in netj(f"export --client ann --as {shape}").ok.stdout for word in OTHERS)


def test_an_export_for_a_client_that_a_person_looks_at_or_keeps_is_said_to_be_private(
    netj: Netj, tmp_path: Path
) -> None:
    said = "Your notes and promises are in it: `netj review --client ann` is the page to hand over.\n"
    file = ["export", "--client", "ann", "--to", str(tmp_path / "ann.ndjson")]
    wide = {"COLUMNS": "99"}
    assert (netj(file).ok.stderr, netj("export --client ann", tty=True, env=wide).ok.stderr) == (said, said)
    assert netj("export --client ann").ok.stderr == netj("export", tty=True).ok.stderr == ""


def test_an_export_for_a_client_can_be_narrowed_further(netj: Netj) -> None:
    out = netj("export --client ann --type interaction --since 2026-11-02").ok.stdout
    assert sorted(json.loads(line)["summary"] for line in out.splitlines()[1:]) == ["one role", "the chance"]


def test_what_is_due_for_one_client_says_nothing_of_another(netj: Netj) -> None:
    for command in (
        ["contact", "add", "Xena Client"],
        ["contact", "add", "Yorick Secret"],
        ["contact", "add", "Shared Helper", "--every", "1w"],
        ["objective", "add", "X goal", "--key", "xgoal", "--client", "xena-client"],
        ["objective", "add", "YTITLE", "--key", "ysecret", "--client", "yorick-secret"],
        ["objective", "add", "MTITLE", "--key", "mgoal"],
        ["contact", "edit", "shared-helper", "-o", "xgoal", "-o", "ysecret", "-o", "mgoal"],
        [
            "log",
            "coffee with @shared-helper about XWORDS",
            "-o",
            "xgoal",
            "--on",
            "2026-11-05",
            "--next",
            "XPROMISE by 2026-11-23",
        ],
        [
            "log",
            "email @shared-helper about YWORDS",
            "-o",
            "ysecret",
            "--on",
            "2026-11-06",
            "-n",
            "YNOTE",
            "--next",
            "YPROMISE by 2026-11-25",
        ],
        ["followup", "add", "YLATE", "--with", "shared-helper", "-o", "ysecret", "--by", "2026-11-23"],
        ["followup", "add", "MLATE", "--with", "shared-helper", "-o", "mgoal", "--by", "2026-11-23"],
    ):
        assert netj(command).ok
    hidden = ("YWORDS", "YNOTE", "YPROMISE", "YLATE", "MLATE", "ysecret", "mgoal", "Yorick")
    for view in ("due", "due --within 30d", "due --all", "due --explain", "next", "plan", "plan --days 14"):
        assert "YLATE" in netj("due -f json").ok.stdout
        for form in ("-f json", "-f tsv", "-f table", ""):
            told = netj(f"{view} --client xena-client {form}", tty=not form)
            assert [word for word in hidden if word in told.stdout + told.stderr] == [], (view, form)
    rows = netj("due --client xena-client -f json").rows
    assert {row["type"] for row in rows} == {"contact", "followup"}
    assert any("XPROMISE" in row["why"] for row in rows)
    assert {key for row in rows for key in row["objectives"]} == {"xgoal"}


def test_a_reply_owed_or_a_promise_ahead_in_anothers_matter_is_no_reason(netj: Netj) -> None:
    for command in (
        "objective add YTITLE --key ysecret --client ben-client",
        "objective add Other --key mine",
        "contact add 'Re Ply' -o anns-move -o ysecret --every 1w",
        "contact add 'Im Plied' -o mine",
        "contact add 'Un Said' -o anns-move -o ysecret",
        "contact add 'Ow Ned' -o anns-move",
        "log 'coffee with @im-plied' --on 2026-11-01 -o anns-move",
        "log 'email from @re-ply about YIN +ysecret' --on 2026-11-19",
        "log 'email from @im-plied about hers' --on 2026-11-19",
        "log 'email from @un-said about x' --on 2026-11-19",
        "log 'email from @ow-ned about x' --on 2026-11-19",
        "followup add YAHEAD -w re-ply -o ysecret --by 2026-11-30",
    ):
        assert netj(command).ok, command
    mailed = {"re-ply", "im-plied", "un-said", "ow-ned"}

    def wrote(command: str) -> set[str]:
        return {row["contact"] for row in rows(netj, command) if "wrote to you" in row["why"]}

    for command in ("due --all", "plan --per-day 9"):
        assert wrote(command) == mailed, command
        assert wrote(f"{command} --client ann") == {"un-said", "ow-ned"}, command
        assert wrote(f"{command} --client ben") == {"re-ply", "un-said"}, command
    reasons = {
        client: next(row["why"] for row in rows(netj, f"due --all --client {client}") if row["contact"] == "re-ply")
        for client in ("ann", "ben")
    }
    assert reasons["ann"] == "due in 3 days"
    assert reasons["ben"].startswith("you promised, due in ")


def test_reasons_terms_and_dormant_ties_of_one_client_say_nothing_of_another(netj: Netj) -> None:
    for command in (
        "contact add 'Yorick Secret'",
        "objective add YTITLE --key ysecret --client yorick-secret -t ytopic --by 2026-11-26",
        "objective add MTITLE --key mgoal -t mtopic",
        "contact add 'Dor Mant' -o anns-move -o ysecret -o mgoal -t ytopic -t mtopic",
        "contact add 'Plan Ned' --every 1w -o anns-move -o ysecret",
        "contact add 'Way Ting' --every 1w -o anns-move",
        "log 'coffee with @dor-mant' --on 2023-01-05 -o anns-move",
        "log 'coffee with @dor-mant' --on 2023-06-05 -o anns-move",
        "log 'coffee with @dor-mant' --on 2024-02-05 -o anns-move",
        "log 'coffee with @plan-ned' --on 2026-11-18 -o anns-move",
        "followup add YLATER --with plan-ned -o ysecret --by today",
        "followup add YAHEAD --with plan-ned -o ysecret --by 2026-11-26",
        "log 'email to @way-ting about XOUT' --direction out --on 2026-10-20 -o anns-move",
        "log 'email from @way-ting about YIN' --direction in --on 2026-10-20 -o ysecret",
    ):
        assert netj(command).ok, command
    hidden = ("ysecret", "mgoal", "ytopic", "mtopic", "YTITLE", "YLATER", "YAHEAD", "YIN", "Yorick")
    views = ("due --dormant", "due --all --explain", "due --all -o ysecret", "due --dormant -o ysecret", "plan", "next")
    for view in views:
        for form in ("-f json", "-f ndjson", "-f csv", "-f tsv", "-f md", "-f table", ""):
            told = netj(f"{view} --client ann {form}", tty=not form)
            assert [word for word in hidden if word in told.stdout + told.stderr] == [], (view, form)
    assert "ysecret" in netj("due --dormant").ok.stdout
    assert "could help anns-move;" in netj("due --dormant --client ann -f tsv").ok.stdout
    found = {row["contact"]: row for row in rows(netj, "due --all --explain --client ann") if row["type"] == "contact"}
    whole = {row["contact"]: row for row in rows(netj, "due --all --explain") if row["type"] == "contact"}
    assert "promise" in whole["plan-ned"]["why"]
    assert "promise" not in found["plan-ned"]["why"]
    assert whole["plan-ned"]["terms"]["promise"] > found["plan-ned"]["terms"]["promise"] == 0
    assert whole["plan-ned"]["terms"]["objective"] > found["plan-ned"]["terms"]["objective"]
    # They answered on the day; for whom is nobody's business, but a question without an answer it is not.
    assert (found["way-ting"]["last_summary"], found["way-ting"]["waiting"]) == ("XOUT", None)


def test_a_client_is_prepared_for_with_what_is_pursued_for_them_before_any_touch(netj: Netj) -> None:
    def told(command: str) -> list[Any]:
        (row,) = rows(netj, command)
        return [row[key] for key in ("objectives", "targets", "next_with")] + [
            [step.split(" ", 3)[3] for step in row["next_steps"]]
        ]

    steps = ["ask Cy about both", "send the cv", "write to Cy for Ann"]
    for_ann = [["anns-move"], ["anns-move 2027-03-01"], ["cy-helper"] * 3]
    assert told("prep ann-client") == [*for_ann, steps]
    assert told("prep ann-client --client ann-client") == [*for_ann, steps]
    assert told("prep ann-client --client ben-client") == [[], [], [], []]
    # What is nearer, but for somebody else, comes after it; what is named comes first.
    assert netj("objective edit bens-move --by 2026-12-01").ok
    assert netj("log 'chat with ann-client about the group +bens-move'").ok
    assert told("prep ann-client")[0] == ["anns-move", "bens-move"]
    assert told("prep ann-client +bens-move")[0] == ["bens-move", "anns-move"]
    assert netj("objective pause anns-move").ok
    assert told("prep ann-client")[0] == ["bens-move"]
