"""The home folder of the how-to pages: its small journal, the files that pages name, and the programs they lean on."""

from __future__ import annotations

import atexit
import shlex
import shutil
import sys
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from warmed import CLIENT, Warmed

if TYPE_CHECKING:
    from conftest import Netj

FIXTURES: Final = Path(__file__).parent / "interchange" / "fixtures"
#: The day on which each command was typed, and the command.
STORY: Final = (
    ("2026-09-01", 'objective add "Platform role" --why "lead a team again" --by 2027-03-31 -t sre'),
    ("2026-09-01", 'objective add Speaking --why "be asked, not ask"'),
    ("2026-09-01", 'contact add "Dana Whitfield" --org Acme --title "VP Engineering" --circle inner'
     ' --email dana@example.com --birthday "6 Jun" -o platform-role --note "Likes to be asked early."'),
    ("2026-09-01", 'contact add "Priya Nair" --circle active --email priya@example.com --phone "+47 22 33 44 55"'),
    ("2026-09-01", """contact add "Seán O'Neill" --org Globex --circle outer --email sean@example.com"""),
    ("2026-09-01", 'contact add "Mei Tan" --org Globex --title Engineer --url https://www.linkedin.com/in/mei-tan'),
    ("2026-09-01", 'log "call with Priya about a talk in spring +speaking"'),
    ("2026-10-12", 'log "coffee with Dana about their platform team +platform-role #sre"'
     ' --next "send her the on-call notes by 20 nov" -n "Wants two seniors by spring."'),
    ("2026-11-16", """log "call with @sean-oneill, @dana-whitfield about hiring; and more" --minutes 30"""
     ' --they "introduce me to Mei by 2026-12-01 @sean-oneill"'),
)  # fmt: skip
#: What the laptop knows beyond that.
LAPTOP: Final = "log '2026-11-20: meal with @priya-nair about the talk +speaking'"


def tell(netj: Netj) -> None:
    """Make the journal of the pages."""
    for today, command in STORY:
        assert netj(command, env={"NETJ_TODAY": today}).code == 0, command


CONNECTIONS: Final = """\
Notes:
"When exporting your connection data, you may notice that some of the email addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Ingrid,Solberg,https://www.linkedin.com/in/ingrid-solberg,,Fjord Analytics,Head of Data,02 Nov 2023
Mei,Tan,https://www.linkedin.com/in/mei-tan,,Globex,Engineer,07 Jun 2025
,,,,,,07 Jun 2025
"""
_MEI: Final = "Mei Tan,https://www.linkedin.com/in/mei-tan"
_NORA: Final = "Nora Berg,https://www.linkedin.com/in/nora-berg"
MESSAGES: Final = f"""\
CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER
c1,,{_MEI},{_NORA},2026-11-19 09:30:00 UTC,,Shall we talk about the talk?,INBOX
c1,,{_NORA},{_MEI},2026-11-20 10:00:00 UTC,,Gladly: Tuesday?,INBOX
"""
PEOPLE: Final = """\
Full name;Firm;Mail (work);Wants
Ada Obi;Contoso;ada@example.com;a mentor
Lars Dahl;Fjord Analytics;lars@example.com;
"""
CALENDAR: Final = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
UID:one
DTSTART:20261118T090000Z
DTEND:20261118T093000Z
SUMMARY:Coffee: plans for spring
ORGANIZER;CN=Nora Berg:mailto:nora@example.com
ATTENDEE;CN=Priya Nair;PARTSTAT=ACCEPTED:mailto:priya@example.com
END:VEVENT
BEGIN:VEVENT
UID:two
DTSTART:20261116T140000Z
DTEND:20261116T143000Z
SUMMARY:Call about hiring
ORGANIZER;CN=Nora Berg:mailto:nora@example.com
ATTENDEE;CN=Dana Whitfield:mailto:dana@example.com
ATTENDEE;CN="O'Neill, Seán":mailto:sean@example.com
END:VEVENT
BEGIN:VEVENT
UID:three
DTSTART:20261119T140000Z
SUMMARY:Meet the vendor
ORGANIZER:mailto:nora@example.com
ATTENDEE;CN=Vic Vendor:mailto:vic@vendor.example
END:VEVENT
END:VCALENDAR
"""
MAIL: Final = """\
From nora@example.com Thu Nov 19 08:15:00 2026
From: Nora Berg <nora@example.com>
To: Priya Nair <priya@example.com>
Subject: Slides for spring
Date: Thu, 19 Nov 2026 08:15:00 +0000
Message-ID: <1@example.com>

The slides.

From vic@vendor.example Fri Nov 20 08:15:00 2026
From: Vic Vendor <vic@vendor.example>
To: nora@example.com
Subject: An offer
Date: Fri, 20 Nov 2026 08:15:00 +0000
Message-ID: <2@vendor.example>

Buy.

From news@shop.example Fri Nov 20 09:15:00 2026
From: Shop <news@shop.example>
To: nora@example.com
Subject: This week
List-Unsubscribe: <mailto:off@shop.example>
Date: Fri, 20 Nov 2026 09:15:00 +0000
Message-ID: <3@shop.example>

Buy more.
"""


def lay_out(folder: Path) -> None:
    """The files that the import page names."""
    for name, text in (
        ("Connections.csv", CONNECTIONS),
        ("Connections-newer.csv", CONNECTIONS.replace("Globex,Engineer,", "Initech,Head of Platform,")),
        ("crm.csv", PEOPLE),
        ("calendar.ics", CALENDAR.replace("\n", "\r\n")),
        ("sent.mbox", MAIL),
    ):
        (folder / name).write_text(text, encoding="utf-8", newline="")
    with zipfile.ZipFile(folder / "LinkedInDataExport.zip", "w") as archive:
        archive.writestr("Connections.csv", CONNECTIONS)
        archive.writestr("messages.csv", MESSAGES)
        archive.writestr("Ad_Targeting.csv", "a,b\n")
    for name, fixture in (
        ("contacts.csv", "sheets/google-2024.csv"),
        ("contacts.vcf", "vcard/icloud-style-v3.vcf"),
        ("friends.md", "trackers/friends.md"),
        ("monica.json", "trackers/monica-4-export.json"),
        ("jrnl.json", "trackers/jrnl.json"),
    ):
        shutil.copy(FIXTURES / fixture, folder / name)
    shutil.copytree(FIXTURES / "vcard" / "folder", folder / "khard")


_SQLITE3: Final = """\
import sqlite3, sys
words = [word for word in sys.argv[1:] if not word.startswith("-")]
options = [word for word in sys.argv[1:] if word.startswith("-")]
assert set(options) <= {"-readonly", "-header"}, options
connection = sqlite3.connect(f"file:{words[0]}?mode=ro", uri=True)
found = connection.execute(words[1] if len(words) > 1 else sys.stdin.read())
rows = found.fetchall()
if rows and "-header" in options:
    print("|".join(column[0] for column in found.description))
for row in rows:
    print("|".join("" if value is None else str(value) for value in row))
"""
_JQ: Final = """\
import json, sys, jq
words = sys.argv[1:]
options = {word for word in words if word.startswith("-")}
assert options <= {"-r", "-c"}, options
(program,) = (word for word in words if not word.startswith("-"))
for found in jq.compile(program).input_text(sys.stdin.read()):
    raw = isinstance(found, str) and "-r" in options
    print(found if raw else json.dumps(found, ensure_ascii=False, separators=(",", ":")))
"""


@cache
def warmed() -> str:
    """The address of the parent of every `netj` in a script: NETJ_WARMED is to name it."""
    parent = Warmed()
    atexit.register(parent.close)
    return parent.address


def shims(folder: Path) -> None:
    """Put into a folder what stands for netj, ssh, and for programs that are missing but can be stood in for."""
    _script(folder / "netj", f'exec {shlex.quote(sys.executable)} -I -S -c {shlex.quote(CLIENT)} "$@"')
    # The other machine has a journal of its own.
    _script(folder / "ssh", 'shift; NETJ_DB="$HOME/laptop.db"; export NETJ_DB; exec sh -c "$*"')
    _script(folder / "python3", f'exec {shlex.quote(sys.executable)} "$@"')
    for tool in ("jq", "sqlite3"):
        if shutil.which(tool) is None:
            stand_in(tool, folder)


def stand_in(tool: str, folder: Path) -> bool:
    """Put what answers as a program does into a folder, where the Python package for it is there."""
    text = {"jq": _JQ, "sqlite3": _SQLITE3}[tool]
    if find_spec(tool) is None:
        return False
    _script(folder / tool, f'exec {shlex.quote(sys.executable)} -c {shlex.quote(text)} "$@"')
    return True


def _script(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(0o755)
