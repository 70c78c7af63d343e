"""What `log` says of a line that may be meant otherwise than it is understood, or is not understood."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import story

from rows import rows

if TYPE_CHECKING:
    from conftest import Netj


@pytest.fixture(autouse=True)
def told(netj: Netj, environment: dict[str, str]) -> None:
    story.tell(netj, Path(environment["NETJ_DB"]))


ODDLY_SAID = {
    # What was understood otherwise than it may have been meant is said, with the command that mends it.
    "event: drinks with Dana and Zed Abt": 'netj amend --with Dana --with "Zed Abt" --new',
    "event: drinks with @dana-whitfield and Priya": "",
    "event: dinner with the team": "",
    "coffee with Dana, Max Frank and Lena Ortiz": '--with "Max Frank" --with "Lena Ortiz"`',
    "coffee with Dana, Max Frank about pay and rent": '`netj amend "pay and rent" --with "Max Frank"`',
    "email to Dana, cc Max Frank re pay": '`netj amend pay --with "Max Frank"`',
    "coffee with Dana, free lunch and beer": "",
    "@dana-whitfield lunch about y": "netj amend --kind meal",
    "Dana about lunch": "",
    "call with Dana: left a voicemail": "`netj amend --kind message`",
    "message to Dana: no answer": "",
    # What is no name is not offered as somebody new.
    "yesterday: event party with Dana": 'netj log "yesterday: event: party with Dana"',
    "event party at `id`": "netj log 'event: party at `id`'",
    "catch up with Dana": "'catch up' is neither",
    "gin with Dana": "'gin' is neither",
    "coffee with Dana,Priya": "--with Priya`",
    "dana, priya: planning": "--with priya`",
    "coffee with Dana and Priya @ Cafe Nero": "priya-nair works at Cafe Nero from now on",
    "nov: coffee with Dana": "Name a day of it, like 1 nov or end of nov.",
    "yesterdy: coffee with @dana-whitfield": "'yesterdy' is not a day",
    "gestern: coffee with Dana": "'gestern' is not a day this program understands.",
    "nov: rent with @dana-whitfield": "",
    "coffee with Max": "Nobody whom you met before or keep up with is called 'Max'",
    "coffee prep with Dana": "'prep' is neither",
}


@rows("text", ODDLY_SAID)
def test_what_is_said_oddly_is_answered_with_how_to_say_it(netj: Netj, text: str) -> None:
    said = netj(["log", text])
    assert ODDLY_SAID[text] in said.stderr
    assert bool(ODDLY_SAID[text]) == bool(said.stderr)


@pytest.mark.parametrize(
    "text",
    [
        "yesterday coffee with Dana about y",
        "coffee with dana on 20 nov about y",
        "intro from lena to Omar Haddad",
        "tue coffee with Marta Ek",
        "quick sync with Marta Ek",
        "interviewed Marta Ek",
        "Marta Ek called about y",
        "dinner with Marta Ek and his wife",
        "Marta Ek / Omar Said",
        "24.11.: coffee with Marta Ek",
        "tue with Marta Ek",
        "met Omar Said at the gym",
    ],
)
def test_parts_of_a_sentence_are_nobody_new(netj: Netj, text: str) -> None:
    refused = netj(["log", text, "--new"])
    assert (refused.code, refused.stdout) == (2, "")
    assert "does not look like a name" in refused.stderr
    # Said with an option it is a name, if it has a letter.
    assert netj(["log", "coffee", "-w", "Dana on 20 Nov", "--new"]).ok
    assert "has no letter" in netj(["log", "coffee", "-w", "10/11", "--new"]).stderr
