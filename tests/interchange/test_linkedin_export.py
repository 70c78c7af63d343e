"""LinkedIn's export as a whole: a zip or its folder, with all its files."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netjournal.errors import InputFileError
from netjournal.interchange import linkedin
from netjournal.interchange.linkedin import bundle, layouts, messages, owner
from netjournal.interchange.records import Interaction, Item, Options, Person, Remark, Skipped
from netjournal.interchange.sources import Source, from_bytes, open_source
from tries import tries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

OPTIONS = Options(date(2026, 11, 23), zone=ZoneInfo("UTC"))
AT = "https://www.linkedin.com/in/"
PEOPLE = f"First Name,Last Name,URL,Connected On\nBo,Li,{AT}bo,02 Jan 2024\nBo,,\n"
MAILS = (
    "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT\n"
    f"c,Nora,{AT}nora,Bo Li,{AT}bo,2026-03-02 09:00:00 UTC,Hello\n"
)
INVITED = (
    "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
    f'Nora,Cy,"1/29/26, 2:37 PM",Hi Cy,OUTGOING,{AT}nora,{AT}cy\n'
)
EXPORT = {"invitations.csv": INVITED, "Messages .csv": MAILS, "CONNECTIONS.csv": PEOPLE, "Profile.csv": "x\n"}


def zipped(files: Mapping[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


def read(files: Mapping[str, str], *me: str) -> list[Item]:
    source = from_bytes(zipped(files), "Basic_LinkedInDataExport.zip")
    return list(linkedin.read(source, OPTIONS._replace(me=me)))


def test_people_come_first_then_messages_then_invitations_whatever_the_files_are_called() -> None:
    found = read(EXPORT)
    assert found[0] == Remark(0, "1 other file left out")
    assert [type(item) for item in found[1:]] == [Person, Skipped, Remark, Interaction, Interaction]
    # A line is of one file of several.
    assert found[2] == Skipped(3, "3 fields where the header has 4 (in Connections.csv)", bad=True)
    # One conversation tells nobody apart; who sent the invitations does.
    assert found[3] == Remark(0, f"{owner.INVITER.format(f'{AT}nora')} (in messages.csv)")
    assert [(item.direction, item.summary) for item in found if isinstance(item, Interaction)] == [
        ("out", "Hello"),
        ("out", "Hi Cy"),
    ]


def test_a_folder_is_read_as_its_zip_is(tmp_path: Path) -> None:
    folder = tmp_path / "deep"
    folder.mkdir(parents=True)
    for name, text in EXPORT.items():
        (folder / name).write_text(text, encoding="utf-8")
    source = open_source(str(tmp_path), None)
    assert linkedin.recognises(source)
    assert list(linkedin.read(source, OPTIONS)) == read({f"deep/{name}": text for name, text in EXPORT.items()})
    # What lies deeper is something else: a home folder holds many files of these names.
    folder.rename(tmp_path / "further")
    folder.mkdir()
    (tmp_path / "further").rename(folder / "further")
    assert not linkedin.recognises(open_source(str(tmp_path), None))


def test_without_an_owner_the_people_are_still_read_and_the_messages_counted() -> None:
    found = read({"Connections.csv": PEOPLE, "messages.csv": MAILS})
    assert isinstance(found[0], Person)
    assert found[2:] == [Remark(0, f"{messages.UNKNOWN} (in messages.csv)"), Skipped(2, messages.UNKNOWN)]
    told = read({"Connections.csv": PEOPLE, "messages.csv": MAILS}, f"{AT}nora")
    assert isinstance(told[2], Interaction)


def test_invitations_that_disagree_on_whose_they_are_say_nothing() -> None:
    other = INVITED + f'Di,Cy,"1/29/26, 2:37 PM",,OUTGOING,{AT}bo,{AT}cy\n'
    assert Skipped(2, messages.UNKNOWN) in read({"messages.csv": MAILS, "Invitations.csv": other})


def test_a_file_without_its_header_costs_itself_and_an_empty_one_nothing() -> None:
    found = read({"Connections.csv": "no such header\n", "messages.csv": "\n", "Invitations.csv": INVITED})
    assert found[0] == Skipped(0, "no row is the header of Connections.csv", bad=True)
    assert [type(item) for item in found[1:]] == [Interaction]


def test_an_archive_without_any_of_the_files_is_refused_in_words_that_say_what_was_looked_for(tmp_path: Path) -> None:
    files = {"guide_messages.csv": MAILS, "Profile.csv": PEOPLE, "._Connections.csv": PEOPLE}
    for source in (
        from_bytes(zipped(files), "x.zip"),
        from_bytes(zipped({}), "x.zip"),
        open_source(str(tmp_path), None),
    ):
        assert not linkedin.recognises(source)
        with pytest.raises(InputFileError, match=bundle.NAMES):
            list(linkedin.read(source, OPTIONS))


def test_a_file_of_its_own_is_known_by_its_header_not_by_its_name() -> None:
    for text in (PEOPLE, MAILS, INVITED):
        assert linkedin.recognises(from_bytes(text.encode(), "standard input"))
    for text in ("", "Name,E-mail\nBo,bo@example.com\n", "From,To\n", "BEGIN:VCARD\n", "\0" * 99):
        source = from_bytes(text.encode(), "messages.csv")
        assert not linkedin.recognises(source)
        with pytest.raises(InputFileError, match="no row of it is the header"):
            list(linkedin.read(source, OPTIONS))


def test_a_damaged_zip_is_not_recognised_and_refused() -> None:
    # A name is read to its first NUL: this one is empty.
    nameless = zipped({"Profile.csv": "x"}).replace(b"Profile.csv", b"\0rofile.csv")
    for data, said in ((zipped(EXPORT)[:-30], "damaged"), (nameless, bundle.NAMES)):
        source = from_bytes(data, "x.zip")
        assert not linkedin.recognises(source)
        with pytest.raises(InputFileError, match=said):
            list(linkedin.read(source, OPTIONS))


def test_what_unpacks_without_end_is_refused_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle, "SIZE_LIMIT", 1 << 20)
    with pytest.raises(InputFileError, match="larger than 1 MB"):
        read({"messages.csv": "\0" * (8 << 20)})


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_a_file_of_more_lines_than_memory_holds_is_refused(monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    monkeypatch.setattr(layouts, "LINE_LIMIT", 1000)
    with pytest.raises(InputFileError, match=r"messages\.csv has more than 1,000 lines"):
        read({"messages.csv": MAILS + end * 1001})


WHOLE = (PEOPLE.encode(), MAILS.encode(), INVITED.encode(), zipped(EXPORT))
CHANGES = st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=6), st.integers(0, 40)), max_size=6)


@settings(max_examples=tries(120))
@given(st.sampled_from(WHOLE) | st.binary(max_size=200), CHANGES, st.sampled_from([(), (f"{AT}nora",), ("Nora",)]))
def test_no_bytes_whatever_raise_anything_but_a_bad_input_file(
    data: bytes, changes: list[tuple[int, bytes, int]], me: tuple[str, ...]
) -> None:
    for at, new, cut in changes:
        data = data[: at % (len(data) + 1)] + new + data[at % (len(data) + 1) + cut :]
    source = Source("fuzzed", lambda: io.BytesIO(data))
    linkedin.recognises(source)
    try:
        found = list(linkedin.read(source, OPTIONS._replace(me=me)))
    except InputFileError:
        return
    assert all(item.name.strip() and item.external_id for item in found if isinstance(item, Person))
