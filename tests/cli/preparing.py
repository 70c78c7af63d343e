"""A year of somebody who looks for a role, and what `netj prep` says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hasty import once
from netjournal.reports.prep import PrepRow

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Netj

#: A year of somebody who looks for a role. A day in brackets is that on which it was written.
STORY = (
    'objective add "Platform role" --why "lead again" --by 2027-03-31 --looking-for "lead roles" --ask "Who owns it?" '
    "--ask 'What broke?' -t platform --org Acme",
    'objective add "Conference talk" --why "be known" --ask "Who picks the talks?" -t incidents',
    'objective add "Learn Rust" -t rust',
    'contact add "Sam Okafor" --org Initech --met "worked together"',
    'contact add "Priya Nair" --org Globex --every 1mo --introduced-by sam-okafor',
    'contact add "Dana Whitfield" --org Globex --title Director --every 3w -o platform-role --met "a queue in Dublin" '
    "--birthday '20 Nov' -t incidents --alias Dee --note 'climbs on Thursdays' --location Lisbon",
    'contact edit dana-whitfield --org "Acme Inc." --title "VP Platform"',
    'contact add "Lena Ortiz" --org Acme --title Recruiter',
    'contact add "Tom Baker" --org Acme --title SRE',
    "contact edit tom-baker --org Hooli",
    "contact add 'Danila Wu' -t rust",
    "group add 'Tuesday table' --with dana-whitfield",
    "log '2025-12-10: coffee with @priya-nair about Lisbon' --intro dana-whitfield --via priya-nair",
    "log '2026-01-15: coffee with @dana-whitfield about her move to Acme #platform' --gave 'comments on a draft'",
    "log '2026-03-20: call @dana-whitfield re first weeks' --got 'a name'",
    "log '2026-06-02: meal with @dana-whitfield, @sam-okafor about on-call pay'",
    "log '2026-09-01: intro @dana-whitfield about meeting Tom' --intro tom-baker --to dana-whitfield",
    "[2026-10-01] log 'coffee with @dana-whitfield about the team +platform-role' -n 'splits in two by spring' "
    "--next 'send the template by 2026-11-20' --they 'introduce me by 2026-11-30' --opportunity 'Lead of runtime'",
    "log '2026-05-05: video with @lena-ortiz about roles' -n 'Acme pays above band'",
    "log '2026-08-10: chat @tom-baker about the Acme rota #oncall'",
    "log '2026-11-18: post: Five reviews, one from Acme #incidents'",
    "followup add 'update the CV' -o platform-role --by 2026-11-27",
)


def prep(netj: Netj, words: str) -> dict[str, Any]:
    (row,) = netj(f"prep {words} -f json").rows
    assert list(row) == list(PrepRow._fields)
    return row


def tell(netj: Netj, journal: Path) -> None:
    """Have a journal that tells the story, each line of it on its day."""

    def lines() -> None:
        for line in STORY:
            day, _, command = line.removeprefix("[").partition("] ") if line.startswith("[") else ("", "", line)
            assert netj(command, env={"NETJ_TODAY": day} if day else None).ok, line

    once(journal, lines)
