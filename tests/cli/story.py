"""A journal in which every answer has rows, made once by commands and copied for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hasty import once

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Netj

CONNECTIONS = """First Name,Last Name,URL,Email Address,Company,Position,Connected On
Lena,Ortiz,https://www.linkedin.com/in/lena,lena@example.com,Acme,Recruiter,15 Jan 2024
Max,Frank,https://www.linkedin.com/in/maxf,,Globex,Engineer,03 Feb 2024
,,,,,,03 Feb 2024
"""

#: What a person writes in the first days.
COMMANDS: tuple[list[str], ...] = (
    ["objective", "add", "Platform role", "--why", "lead again", "--by", "2027-03-31", "-t", "sre", "--org", "Acme"],
    ["objective", "add", "Speaking", "--ask", "who picks the talks?"],
    ["circle", "add", "mentors", "--every", "6w"],
    ["contact", "add", "Dana Whitfield", "--org", "Acme Inc.", "--title", "VP", "--circle", "inner", "-o", "platform-role",
     "--email", "dana@example.com", "--email", "d;w@example.com", "--alias", "Dee", "--birthday", "20 Nov", "-t", "sre"],
    ["contact", "add", "Priya Nair", "--every", "10d", "--note", "two\nlines\tand a tab"],
    ["group", "add", "Tuesday table", "--with", "dana-whitfield", "--with", "priya-nair"],
    ["log", "2026-10-01: coffee with Dana about hiring #hiring", "-n", "wants to \"move\", soon", "--minutes", "45",
     "--gave", "a book", "--got", "advice", "--next", "send the deck by today"],
    ["log", "2026-11-10: email priya about rent; and more", "--direction", "in", "--they", "call by 2026-12-01"],
    ["log", "2026-11-11: call Dana re talks +speaking"],
    ["log", "2026-11-12: Dana about nothing +none"],
    ["log", "post: On being on call #sre +platform-role"],
    ["opportunity", "add", "Staff SRE", "--through", "dana-whitfield", "-o", "platform-role", "--interaction", "1"],
    ["import", "linkedin", "-"],
)  # fmt: skip


def tell(netj: Netj, path: Path) -> None:
    """Put the story's journal at a path."""

    def make() -> None:
        for command in COMMANDS:
            assert netj(command, stdin=CONNECTIONS).code == 0, command

    once(path, make)
