"""The weeks of three people, as they would type them: an engineer, a coach, and somebody who meets twenty in an evening."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Netj, Result


class Week:
    """Commands on given days; every one succeeds unless it is asked otherwise."""

    def __init__(self, netj: Netj) -> None:
        self.netj = netj
        self.day = "2026-11-23"

    def __call__(self, command: str, *, stdin: str = "", tty: bool = False) -> Result:
        return self.netj(command, stdin=stdin, tty=tty, env={"NETJ_TODAY": self.day}).ok

    def rows(self, command: str) -> list[dict[str, Any]]:
        return self(f"{command} -f json").rows

    def column(self, command: str, name: str) -> list[Any]:
        return [row[name] for row in self.rows(command)]


@pytest.fixture
def week(netj: Netj) -> Week:
    return Week(netj)


LINKEDIN = """Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Dana,Whitfield,https://www.linkedin.com/in/dana,,Acme,VP Engineering,15 Jan 2024
Priya,Nair,https://www.linkedin.com/in/priya,priya@example.com,Globex,Staff Engineer,03 Feb 2024
Sam,Okafor,https://www.linkedin.com/in/sam,,Acme,Recruiter,03 Mar 2025
Zoë,O'Neil,https://www.linkedin.com/in/zoe,,Initech,CTO,11 May 2025
"""


def test_an_engineers_first_days(week: Week, tmp_path: Path) -> None:
    # The first evening: whom do I know, whom do I keep, and what for?
    file = tmp_path / "Connections.csv"
    file.write_text(LINKEDIN)
    assert "Three steps" in week("").stdout
    (receipt,) = week.rows(f"import linkedin {file}")
    assert (receipt["read"], receipt["created"]) == (4, 4)
    assert week.column("contact list --untracked", "contact") == [
        "dana-whitfield",
        "priya-nair",
        "sam-okafor",
        "zoe-oneil",
    ]
    assert "keep" in week("due").stderr
    week("objective add 'Platform role' --why 'lead a platform team' --by 2027-03-31 --org Acme -t platform")
    week("objective add Speaking --why 'be known for incident reviews' -t incidents")
    week("keep dana-whitfield priya-nair --circle inner -o platform-role")
    week("keep zoe-oneil --every 2mo -o speaking --last 2026-08-01")
    assert week.column("contact list --untracked", "contact") == ["sam-okafor"]

    # Five days, five ways to say what happened.
    week("log dana")
    week("log 'yesterday: coffee with Dana, @priya-nair about Q1 hiring +platform-role #platform'")
    week(
        "log -w priya -k call --on 2026-11-20 --next 'send the incident review by friday' -n 'likes short calls' about her team"
    )
    week("log 'email zoe about the spring call for talks' --direction out")
    week("log 'post: What a good incident review asks #incidents +speaking'")
    assert week.column("interaction list", "kind").count("post") == 1
    first, *_ = week.rows("timeline priya")
    assert (first["summary"], first["objectives"], first["topics"]) == ("Q1 hiring", ["platform-role"], ["platform"])
    assert week.rows("timeline dana")[0]["implied"] == "platform-role"

    # Friday: what is promised is due, and why it is there is said.
    week.day = "2026-11-27"
    (row,) = week.rows("due --explain")
    assert row["contact"] == "priya-nair"
    assert "send the incident review" in str(row["followups"])
    assert any("promise" in str(term) for term in row["terms"])
    week(f"done {week.column('followup list', 'id')[0]}")
    assert week.rows("due") == []
    assert week.column("search 'incident review'", "type") != []

    # A slip is taken back, and all is as it was.
    before = week("export").stdout
    week("contact delete dana-whitfield --yes")
    assert week.netj("contact show dana-whitfield").code == 3
    week("undo")
    assert week("export").stdout == before

    # A month on, whoever was not met is due, the weekly before the yearly.
    week.day = "2027-01-25"
    assert set(week.column("due", "contact")) == {"dana-whitfield", "priya-nair", "zoe-oneil"}
    assert week.column("due -o speaking", "contact") == ["zoe-oneil"]
    assert week.netj("due --check", env={"NETJ_TODAY": week.day}).code == 10


CLIENTS = ("Ada", "Ben", "Cem", "Dia", "Eli", "Fay", "Gil", "Hua", "Ivo", "Jan", "Kim", "Lou")


def test_a_coachs_week(week: Week) -> None:
    # Twelve clients in one weekly group, each with an objective of their own.
    for name in CLIENTS:
        week(f"contact add '{name} Client' --every 2w")
        week(
            f"objective add '{name} finds work' --key {name.lower()}-work --client {name.lower()}-client --why secret-{name}"
        )
    members = " ".join(f"--with {name.lower()}-client" for name in CLIENTS)
    week(f"group add 'Tuesday table' {members}")
    assert len(week.rows("group show 'tuesday table'")) == 12
    # People who can help: one for Ada, one for Ben, one for both.
    week("contact add 'Rita Recruiter' --every 1w --org Acme -o ada-work")
    week("contact add 'Omar Owner' --every 1w --org Globex -o ben-work")
    week("contact add 'Bo Both' --every 1w -o ada-work -o ben-work")

    # Tuesday: the group meets, all but one.
    week.day = "2026-11-24"
    (row,) = week.rows("log -w 'group:Tuesday table' --except lou-client 'meeting about portfolios'")
    assert len(row["contacts"]) == 11
    assert week.column("due --group 'tuesday table'", "contact") == ["lou-client"]

    # Wednesday: calls on behalf of clients, and what was promised for each.
    week.day = "2026-11-25"
    week("log 'call @rita-recruiter about a design lead +ada-work' --next 'send the portfolio by today'")
    week("log 'call @bo-both about openings +ada-work +ben-work'")
    week("log 'coffee with @omar-owner about the workshop +ben-work' --they 'a date by 2026-11-26'")
    assert week.column("due --client ada-client", "contact") == ["rita-recruiter"]
    assert week.column("next --client ada-client", "contact") == ["rita-recruiter"]
    assert week.column("timeline bo-both --client ada-client", "summary") == ["openings"]
    assert week.column("timeline rita-recruiter --client ben-client", "summary") == []
    assert week.column("search workshop --client ben-client", "title") == ["the workshop"]
    assert week.column("search workshop --client ada-client", "title") == []

    # Friday: Omar has not given the date, and Ben's part of the week is handed over.
    week.day = "2026-11-27"
    assert "omar-owner" in week.column("due --client ben-client", "contact")
    assert "omar-owner" not in week.column("due --client ada-client", "contact")
    part = week("export --client ben-client").stdout
    kept = [json.loads(line) for line in part.splitlines()][1:]
    assert [r["key"] for r in kept if r["type"] == "objective"] == ["ben-work"]
    assert sorted(r["summary"] for r in kept if r["type"] == "interaction") == ["openings", "the workshop"]
    for name in CLIENTS:
        if name != "Ben":
            assert f"{name.lower()}-work" not in part
            assert f"secret-{name}" not in part
    assert "Tuesday" not in part

    # Ben finds work; whoever helped is thanked.
    week("objective achieve ben-work --outcome 'Designer at Globex' --thank")
    thanks = [r for r in week.rows("followup list") if r["objective"] == "ben-work" and r["owner"] == "me"]
    assert {r["contact"] for r in thanks} >= {"omar-owner", "bo-both"}
    assert week.column("due --client ben-client", "contact") != week.column("due --client ada-client", "contact")


GUESTS = (
    "Ana Alves @ Acme, CTO", "Bea Brun @ Acme", "Cai Chen", "Dov Dahan", "Eva Eng @ Globex, Recruiter", "Finn Falk", "Gus Gray",
    "Hana Hill", "Ines Ito", "Joe Jung", "Kai Kemp", "Lea Lund", "Mia Moss", "Nils Nord", "Olga Orr", "Pia Park", "Quin Quist",
    "Rob Roy", "Sia Strand", "Tom Thorn",
)  # fmt: skip


def test_a_week_of_somebody_who_meets_twenty_in_an_evening(week: Week) -> None:
    week("objective add Funding --why 'close the seed round' -t seed")
    # On the way home: one text, one action.
    lines = ["event: founders meetup +funding #seed"]
    for n, guest in enumerate(GUESTS):
        said = {0: ": knows our lead #cloud > send the deck by friday", 4: ": hires > call her by 2026-12-01"}
        lines.append(f"- {guest}{said.get(n, ': nice talk' if n % 2 else '')}")
    (row,) = week("log - --new -f json", stdin="\n".join(lines)).rows
    assert (len(row["contacts"]), len(row["created"]), row["objectives"]) == (20, 20, ["funding"])
    assert len(week.rows("contact list")) == 20
    (ana,) = week.rows("contact show ana-alves")
    assert (ana["organization"], ana["title"], ana["touch_count"]) == ("Acme", "CTO", 1)
    assert sorted(r["contact"] for r in week.rows("followup list")) == ["ana-alves", "eva-eng"]
    assert week.column("search lead", "title") == ["founders meetup"]

    # It is one step back, too; and forward again.
    week("undo")
    assert week.rows("contact list") == []
    week("log - --new", stdin="\n".join(lines))

    # The next morning: five of them are kept, by a pipe.
    week.day = "2026-11-24"
    kept = ["ana-alves", "bea-brun", "cai-chen", "eva-eng", "tom-thorn"]
    week("keep - --circle active -o funding", stdin="\n".join(kept))
    assert sorted(week.column("contact list --circle active", "contact")) == kept
    assert len(week.column("contact list --untracked", "contact")) == 15

    # Mails go out and come in: a reply is owed to whoever wrote last.
    week("log 'email @ana-alves about the deck' --direction out")
    week("log 'email @bea-brun about a demo' --direction in")
    week.day = "2026-11-27"
    rows = {r["contact"]: r for r in week.rows("due")}
    assert set(rows) == {"ana-alves", "bea-brun"}
    assert "send the deck" in str(rows["ana-alves"]["followups"])
    assert "wrote to you 3 days ago" in rows["bea-brun"]["why"]

    # Done, and answered: nothing is left for today.
    (deck,) = [r["id"] for r in week.rows("followup list --with ana-alves")]
    week(f"done {deck}")
    week("log 'email @bea-brun about a demo on tuesday' --direction out")
    assert week.rows("due") == []
    week.day = "2026-12-02"
    assert week.column("due", "contact") == ["eva-eng"]
    assert week.column("topic list", "topic") == ["cloud", "seed"]
    assert [r["contact_count"] for r in week.rows("org list") if r["organization"] == "Acme"] == [2]
