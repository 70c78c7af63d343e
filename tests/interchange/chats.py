"""Messages of LinkedIn in few words, and what is read from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from netjournal.interchange import linkedin
from netjournal.interchange.records import Item, Options
from netjournal.interchange.sources import from_bytes

FIXTURE = Path(__file__).parent / "fixtures" / "linkedin" / "messages-2025-12-columns.csv"
HEADER = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"
)
OLD = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT\n"
AT = "https://www.linkedin.com/in/"
ME = (f"{AT}nora",)
UTC = ZoneInfo("UTC")


def read(text: str | bytes, *me: str, **options: Any) -> list[Item]:
    given = Options(date(2026, 11, 23), me=me, zone=UTC)._replace(**options)
    data = text.encode() if isinstance(text, str) else text
    source = from_bytes(data, "messages.csv")
    assert linkedin.recognises(source)
    return list(linkedin.read(source, given))


def row(
    sender: str = "Nora,nora", to: str = "Bo Li,bo", content: str = "Hello", *, subject: str = "", folder: str = "INBOX",
    date: str = "2026-03-02 09:00:00 UTC", conversation: str = "c1",
) -> str:  # fmt: skip
    def party(text: str) -> str:
        *names, slugs = text.split(",")
        return f'"{",".join(names)}","{",".join(AT + slug for slug in slugs.split() if slug)}"'

    return f'{conversation},,{party(sender)},{party(to)},{date},{subject},"{content}",{folder}\n'
