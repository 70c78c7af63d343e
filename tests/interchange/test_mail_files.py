"""Where mail is found, and where one message ends: mailboxes, Maildirs, folders, zips."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date
from typing import TYPE_CHECKING

import pytest

from netjournal.errors import InputFileError
from netjournal.interchange.mail import mbox, read, recognises
from netjournal.interchange.mail.mbox import Block, split
from netjournal.interchange.records import Interaction, Item, Options, Skipped
from netjournal.interchange.sources import Source, from_bytes, open_source
from rows import rows

if TYPE_CHECKING:
    from pathlib import Path

OPTIONS = Options(today=date(2026, 11, 23), me=("nora@example.com",), zone=UTC)
HEADER = b"From: Bo <bo@example.org>\nTo: nora@example.com\nDate: Tue, 3 Nov 2026 09:15:00 +0000\n"
LINE = b"From bo@example.org Tue Nov  3 09:15:00 2026\n"


def letter(name: str) -> bytes:
    return HEADER + f"Message-ID: <{name}@x>\n\nHello\n".encode()


def blocks(data: bytes) -> list[Block]:
    return list(split(io.BytesIO(data)))


def ids(found: list[Item]) -> list[str]:
    return [item.external_id for item in found if isinstance(item, Interaction)]


def folder(path: Path, files: dict[str, bytes]) -> Source:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return open_source(str(path), None)


@rows(
    "line",
    [
        b"From 1811111111111111111@xxx Tue Nov 03 08:15:00 +0000 2026",
        b"From bo@example.org Tue Nov  3 08:15:00 2026",
        b"From bo@example.org  Tue Nov  3 08:15:00 2026",
        b"From - Tue Nov 3 08:15:00 2026",
        b"From MAILER-DAEMON Fri Jul  8 12:08 CEST 2011",
    ],
)
@rows("end", [b"\n", b"\r\n"])
def test_a_from_line_with_a_day_divides_with_a_blank_line_before_it_or_without(line: bytes, end: bytes) -> None:
    letters = [b"A: 1\n\nx\n\n", b"A: 2\n\nx\n", b"A: 3\n", b"", b"\nx\n"]
    data = b"".join(line + b"\n" + text for text in letters).replace(b"\n", end)
    header = [b"A: 1", b"A: 2", b"A: 3", b"", b""]
    assert [block.header.strip() for block in blocks(data)] == header
    assert {block.envelope for block in blocks(data)} == {line}


@rows(
    "text",
    [
        b"From the station it is five minutes.",
        b"From Tuesday on",
        b">From bo@example.org Tue Nov  3 08:15:00 2026",
        b" From bo@example.org Tue Nov  3 08:15:00 2026",
        b"From bo@example.org",
    ],
)
def test_other_lines_of_a_body_that_begin_so_divide_nothing(text: bytes) -> None:
    data = LINE + letter("1") + b"\n" + text + b"\n" + letter("2") + LINE + letter("3")
    assert len(blocks(data)) == 2


def test_only_at_the_beginning_a_from_line_without_a_day_counts() -> None:
    (block,) = blocks(b"From mike@nowhere.example\r\n" + letter("1"))
    assert block.envelope == b"From mike@nowhere.example"
    assert block.header.startswith(b"From: Bo")


def test_one_message_is_not_divided_by_the_mailbox_it_quotes() -> None:
    assert len(blocks(letter("1") + LINE + letter("2"))) == 1
    assert len(list(split(io.BytesIO(letter("1") + LINE + letter("2")), mailbox=True))) == 2


def test_wherever_a_buffer_ends_the_same_messages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(LINE.replace(b"\n", b"\r\n") + letter(str(n)).replace(b"\n", b"\r\n") + b"\r\n" for n in range(12))
    whole = blocks(data)
    assert len(whole) == 12
    monkeypatch.setattr(mbox, "_LINE", 64)
    for size in range(65, 400, 3):
        monkeypatch.setattr(mbox, "_CHUNK", size)
        assert blocks(data) == whole


def test_a_mailbox_that_begins_in_the_middle_of_a_message_costs_that_one() -> None:
    data = b"the end of a body\n\n" + LINE + letter("1") + LINE + letter("2")
    found = list(read(from_bytes(data, "old.mbox"), OPTIONS))
    assert found[0] == Skipped(1, "no header that can be read", bad=True)
    assert ids(found) == ["1@x", "2@x"]


def test_a_maildir_is_read_but_for_what_is_flagged_as_trash_or_draft(tmp_path: Path) -> None:
    source = folder(
        tmp_path,
        {
            "cur/1.a.host:2,RS": letter("1"),
            "cur/2.a.host:2,ST": letter("2"),
            "cur/3.a.host:2,DS": letter("3"),
            "cur/4.a.host": b"",
            "cur/5.a.host:2,": b"Subject: not sent\n\n",
            "new/6.a.host": letter("6"),
            "tmp/7.a.host": letter("7")[:20],
            "dovecot-uidlist": b"3 V1 N4\n",
            ".Sent/cur/8.a.host:2,S": letter("8"),
        },
    )
    assert recognises(source)
    found = list(read(source, OPTIONS))
    assert ids(found) == ["1@x", "6@x"]
    assert [item for item in found if isinstance(item, Skipped)] == [
        Skipped(1, "no mail"),
        Skipped(3, "in the trash"),
        Skipped(4, "draft"),
        Skipped(5, "no header that can be read", bad=True),
        Skipped(6, "draft"),
        Skipped(8, "not yet delivered"),
    ]
    assert ids(list(read(open_source(str(tmp_path / ".Sent"), None), OPTIONS))) == ["8@x"]
    assert recognises(open_source(str(tmp_path / "cur"), None))


def test_an_empty_maildir_and_an_empty_mailbox_hold_nothing_and_are_no_error(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for path in (tmp_path, tmp_path / "new"):
        source = open_source(str(path), None)
        assert recognises(source)
        assert list(read(source, OPTIONS)) == []
    assert list(read(from_bytes(b"", "Drafts.mbox"), OPTIONS._replace(me=()))) == []


def test_a_folder_gives_its_messages_and_mailboxes_and_counts_the_rest(tmp_path: Path) -> None:
    source = folder(
        tmp_path,
        {
            "a.eml": letter("1"),
            "Inbox": LINE + letter("2") + LINE + letter("3"),
            "Inbox.msf": b'// <!-- <mdb:mork:z v="1.4"/> -->',
            "Inbox.sbd/Old": LINE + letter("4"),
            "z.eml": b"\xff\xd8\xff not a letter",
        },
    )
    assert recognises(source)
    found = list(read(source, OPTIONS))
    assert ids(found) == ["2@x", "3@x", "1@x", "4@x"]
    assert [item for item in found if isinstance(item, Skipped)] == [
        Skipped(3, "no mail"),
        Skipped(5, "no header that can be read", bad=True),
    ]


def test_the_zip_of_takeout_is_read_where_it_is() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Takeout/archive_browser.html", "<html>")
        archive.writestr("Takeout/Mail/All mail.mbox", LINE + letter("1") + LINE + letter("2"))
    source = from_bytes(kept.getvalue(), "takeout.zip")
    assert recognises(source)
    assert ids(list(read(source, OPTIONS))) == ["1@x", "2@x"]


def test_a_folder_is_known_by_a_mailbox_without_a_telling_name(tmp_path: Path) -> None:
    assert recognises(folder(tmp_path, {"Inbox": LINE + letter("1")}))


def test_a_damaged_member_of_a_zip_costs_the_rest_of_that_member() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("a.eml", letter("1"))
        archive.writestr("b.eml", letter("2"))
    data = kept.getvalue().replace(b"<1@x>", b"<3@x>")
    found = list(read(from_bytes(data, "a.zip"), OPTIONS))
    assert found[0] == Skipped(1, "a file of it cannot be read", bad=True)
    assert ids(found) == ["2@x"]


def test_a_folder_or_zip_without_mail_is_refused(tmp_path: Path) -> None:
    source = folder(tmp_path, {"a.vcf": b"BEGIN:VCARD\nFN:Bo\nEND:VCARD\n"})
    assert not recognises(source)
    with pytest.raises(InputFileError, match="holds no mail"):
        list(read(source, OPTIONS))


@rows(
    ("data", "name", "expected"),
    [
        (letter("1"), "-", True),
        (b"\xef\xbb\xbf\r\n" + letter("1"), "-", True),
        (LINE + letter("1"), "Inbox", True),
        (b"From mike@nowhere.example\n" + letter("1"), "x", True),
        (b"Received: by x\nFrom: a@b\n\n", "x", True),
        (b"anything", "a.EML", True),
        (b"From mike I heard\nthat all is well.\n", "x", False),
        (b"Subject: x\nDate: y\n\nFrom: a@b\n", "x", False),
        (b"First Name,Last Name\nFrom: a,Date: b\n", "x.csv", False),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:From: me\nEND:VCARD\n", "x", False),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "x", False),
        (b"", "x", False),
        (b"PK\x03\x04 and no zip", "x", False),
        (b"\x00" * 70_000, "x", False),
    ],
)
def test_mail_is_told_from_other_files_by_how_it_begins(data: bytes, name: str, expected: bool) -> None:
    assert recognises(from_bytes(data, name)) is expected


@rows("name", ["a.eml", "a.mbox", "a"])
def test_a_file_that_is_no_mail_is_refused(name: str) -> None:
    with pytest.raises(InputFileError, match="is no mail"):
        list(read(from_bytes(b"\x89PNG\r\n\x1a\n and so on", name), OPTIONS))
