"""The fenced blocks of the how-to pages, the small journal they are about, and the programs they lean on.

A `console` block holds commands after `$ ` and what each prints. A block under `<!-- file: NAME -->` is a file of that
name in the home folder, for the rest of its section. Of a crontab and of what configures a status bar or tmux the
commands are taken out and run; a `text` block after it is what they print.
"""

from __future__ import annotations

import atexit
import re
import shlex
import shutil
import sys
import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from warmed import CLIENT, Warmed

if TYPE_CHECKING:
    from conftest import Netj

FIXTURES: Final = Path(__file__).parent / "interchange" / "fixtures"
_FENCE: Final = re.compile(
    r"^(?:(?P<head>##+ [^\n]+)|(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)
#: Where the commands of a configuration stand.
_COMMANDS: Final = {
    "crontab": re.compile(r"^(?:[\d*/,-]+ ){5}(.+)$", re.MULTILINE),
    "ini": re.compile(r"^command=(.+)$", re.MULTILINE),
    "json": re.compile(r'^ *"exec": "(.+?)",?$', re.MULTILINE),
    "tmux": re.compile(r"#\((.+?)\)"),
}
#: Programs that a machine with Python alone may lack.
TOOLS: Final = frozenset(
    {"awk", "bash", "cut", "datasette", "fzf", "git", "jq", "sed", "sh", "sqlite3", "xargs", "zsh"}
)


class Step(NamedTuple):
    """One command, and what it is said to print."""

    command: str
    expected: str


class Snippet(NamedTuple):
    """One block that is run, with the files of its section."""

    page: str
    section: str
    number: int
    kind: str
    steps: tuple[Step, ...]
    files: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.section} {self.number}"

    @property
    def tools(self) -> frozenset[str]:
        """The programs that it cannot do without."""
        text = "\n".join([*(step.command for step in self.steps), *(body for _, body in self.files)])
        return TOOLS & set(re.findall(r"(?<![\w./-])[a-z0-9]+(?![\w.-])", text))


def snippets(page: Path) -> list[Snippet]:
    """All blocks of a page that are run. Raises ValueError for a block that nothing would run."""
    found: list[Snippet] = []
    section, unused = "", 0
    files: list[tuple[str, str]] = []
    blocks = list(_FENCE.finditer(page.read_text(encoding="utf-8")))
    for at, block in enumerate(blocks):
        if block["head"]:
            if unused:
                raise ValueError(f"{page.name}: nothing runs the files of '{section}'")
            section, files = block["head"].lstrip("# "), []
            continue
        kind, body = block["kind"], block["body"]
        if block["file"]:
            files.append((block["file"], body))
            unused += 1
            continue
        if kind == "text":
            if at == 0 or blocks[at - 1]["kind"] not in _COMMANDS:
                raise ValueError(f"{page.name}: nothing prints a text of '{section}'")
            continue
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        said = after["body"] if after is not None and after["kind"] == "text" and not after["file"] else ""
        found.append(Snippet(page.name, section, at, kind, _steps(kind, body, said), tuple(files)))
        unused = 0
    if unused:
        raise ValueError(f"{page.name}: nothing runs the files of '{section}'")
    return found


def _steps(kind: str, body: str, said: str) -> tuple[Step, ...]:
    if kind == "console":
        return console(body)
    commands = _COMMANDS[kind].findall(body)
    if not commands:
        raise ValueError(f"no command in {body}")
    plain = [command.replace("\\%", "%") if kind == "crontab" else command for command in commands]
    return tuple(Step(command, said if at == len(plain) - 1 else "") for at, command in enumerate(plain))


def console(body: str) -> tuple[Step, ...]:
    """The commands of a console block, each after `$ `; its further lines follow a backslash or begin with `> `."""
    found = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        taken = 1
        while lines[taken - 1].endswith("\\") or (taken < len(lines) and lines[taken].startswith("> ")):
            taken += 1
        command = [lines[0], *(line.removeprefix("> ") for line in lines[1:taken])]
        found.append(Step("\n".join(command), "\n".join(lines[taken:])))
    return tuple(found)


def words(command: str) -> list[str]:
    """The words of a command line, with what joins programs as words of their own; of a text after it, none."""
    line = command.replace("\\\n", " ").partition("\n")[0]
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)


def is_netj_alone(command: str) -> bool:
    """Whether a command is one `netj` and needs no shell, so that it can be run in this process."""
    line = command.replace("\\\n", " ")
    if not line.startswith("netj ") or re.search(r"[$`\n]", line):
        return False
    return not any(set(word) <= set("();<>|&") for word in words(line) if word)


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
