"""Files made to harm: each ends soon, in little memory, with a receipt or one clear sentence, and a sane journal.

NETJ_FUZZ=5 takes the full sizes.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from forked import Ended

if TYPE_CHECKING:
    from collections.abc import Callable

    from forked import Warm

pytest_plugins = ["warm"]
pytestmark = [
    pytest.mark.skipif(not os.path.exists("/bin/sh"), reason="needs POSIX limits"),
    # What test_writers.py looks at begins with the first tests of this folder: nobody is to wait for it there.
    pytest.mark.usefixtures("waits"),
]

FULL = int(os.environ.get("NETJ_FUZZ") or 1) >= 5
#: A tenth of what is promised is enough to see that time and memory do not grow with the bomb.
SCALE = 1 if FULL else 10
#: Seconds of CPU, and bytes of memory beside what the program takes for itself.
SECONDS = 20 // SCALE + 2
MEMORY = 400 << 20


#: Runs a command line and writes down what it took, as a process of its own: the highest of all children is else told.
_MEASURED = (
    "import resource, subprocess, sys\n"
    "code = subprocess.call([sys.executable, '-m', 'netjournal', *sys.argv[2:]])\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "open(sys.argv[1], 'w').write(f'{used.ru_utime + used.ru_stime} {used.ru_maxrss}')\n"
    "sys.exit(code)\n"
)


def spawned(environment: dict[str, str], words: list[str], **given: object) -> Ended:
    used = Path(environment["HOME"]) / "used"
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(used), *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **given,  # type: ignore[call-overload]
    )
    seconds, memory = used.read_text().split()
    unit = 1 if sys.platform == "darwin" else 1024
    wall = time.monotonic() - started
    return Ended(done.returncode, done.stdout, done.stderr, wall, float(seconds), int(memory) * unit)


def is_harmless(warm: Warm, words: list[str]) -> Ended:
    """Import something; it must end as promised, and leave a journal that is sane."""
    return is_well(warm.environment, warm(["import", *words, "-f", "json"]))


def is_well(environment: dict[str, str], ended: Ended) -> Ended:
    assert ended.code in (0, 7), ended
    assert "Traceback" not in ended.stderr
    if ended.code == 7:
        assert ended.stdout == ""
        assert ended.stderr.startswith("netj: ")
        assert len(ended.stderr.splitlines()) <= 2
        assert not Path(environment["NETJ_DB"]).exists()
    else:
        (receipt,) = json.loads(ended.stdout)
        assert receipt["read"] == sum(receipt[key] for key in ("created", "updated", "unchanged", "skipped"))
        # However much is wrong with it, what is said is little.
        assert len(ended.stdout) < 1_000_000
    assert ended.used < SECONDS
    assert ended.memory < MEMORY
    return ended


def photo(path: Path) -> None:
    lines = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nPHOTO;ENCODING=b:" + b"A" * (20_000_000 // SCALE) + b"\nEND:VCARD\n"
    path.write_bytes(lines + b"BEGIN:VCARD\nVERSION:3.0\nFN:Bob\nEND:VCARD\n")


def long_note(path: Path) -> None:
    path.write_bytes(b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nNOTE:" + b"A" * (20_000_000 // SCALE) + b"\nEND:VCARD\n")


def nested_cards(path: Path) -> None:
    path.write_bytes(b"BEGIN:VCARD\nFN:Ann\nAGENT:\n" * (50_000 // SCALE) + b"END:VCARD\n" * (50_000 // SCALE))


def nested_events(path: Path) -> None:
    inside = b"BEGIN:VEVENT\n" * (50_000 // SCALE)
    path.write_bytes(b"BEGIN:VCALENDAR\n" + inside + inside.replace(b"BEGIN", b"END") + b"END:VCALENDAR\n")


def endless(path: Path) -> None:
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:19000101T000000Z\nRRULE:FREQ=SECONDLY\n"
        "ATTENDEE:mailto:a@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def never(path: Path) -> None:
    """A rule that no day fits."""
    path.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:19000101T000000Z\nRRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\n"
        "ATTENDEE:mailto:a@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def unclosed(path: Path) -> None:
    rows = (f"Ann {n},a{n}@example.com,Acme\n" for n in range(100_000 // SCALE))
    path.write_text('Name,Email,Company\nBob,"b@example.com,Acme\n' + "".join(rows))


def all_unclosed(path: Path) -> None:
    path.write_text("Name,Email,Company\n" + 'Bob,"b@example.com,Acme\n' * (100_000 // SCALE))


def nested_json(path: Path) -> None:
    depth = 100_000
    path.write_text('{"version": "1.0-preview.1", "account": {"data": ' + "[" * depth + "]" * depth + "}}")


def nested_journal(path: Path) -> None:
    depth = 100_000
    path.write_text('{"tags": {}, "entries": ' + "[" * depth + "]" * depth + "}")


def one_line(path: Path) -> None:
    path.write_bytes(b'{"type": "netjournal", "format_version": "1.0", "uid": "' + b"a" * (50_000_000 // SCALE) + b'"}')


def long_header(path: Path) -> None:
    head = b"From a@example.com Tue Nov 03 08:15:00 2026\nMessage-ID: <1@x>\nFrom: a@example.com\n"
    path.write_bytes(head + b"To: " + b"b@example.com, " * (1_000_000 // SCALE) + b"\n\nhi\n")


BOMBS: dict[str, tuple[str, Callable[[Path], None], tuple[str, ...]]] = {
    "a photo on one line": ("a.vcf", photo, ()),
    "a note of megabytes": ("a.vcf", long_note, ()),
    "cards in cards": ("a.vcf", nested_cards, ()),
    "events in events": ("a.ics", nested_events, ("--new",)),
    "a series of every second": ("a.ics", endless, ("--new", "--since", "1900-01-01")),
    "a series of no day": ("a.ics", never, ("--new", "--since", "1900-01-01")),
    "a quote that is never closed": ("a.csv", unclosed, ("--dry-run",)),
    "quotes that are never closed": ("a.csv", all_unclosed, ()),
    "brackets for monica": ("a.json", nested_json, ("monica",)),
    "brackets for jrnl": ("a.json", nested_journal, ("jrnl",)),
    "brackets for whom they may concern": ("a.json", nested_journal, ()),
    "a header that does not end": ("a.mbox", long_header, ("--new", "--me", "me@example.com")),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_of_text_ends_soon(name: str, warm: Warm, tmp_path: Path) -> None:
    file, make, words = BOMBS[name]
    make(tmp_path / file)
    formats = [word for word in words if word in ("monica", "jrnl")]
    is_harmless(warm, [*formats, str(tmp_path / file), *(word for word in words if word not in formats)])


def test_a_zip_of_zeros_is_no_export_of_linkedin(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    block = bytes(1 << 20)
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("Connections.csv", "w", force_zip64=True) as file,
    ):
        file.write(b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
        for _ in range(2048 // SCALE):
            file.write(block)
    assert path.stat().st_size < 4_000_000
    # One in a process of its own, as the others would be.
    ended = is_well(environment, spawned(environment, ["import", str(path), "-f", "json"]))
    assert ended.code == 7
    assert "MB" in ended.stderr


def test_a_zip_that_lies_of_a_size_is_read_to_the_limit_only(warm: Warm, tmp_path: Path) -> None:
    path = tmp_path / "Basic_LinkedInDataExport.zip"
    head = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", head + b"Ann,Lee,,a@example.com,,,\n" + bytes(100_000))
    data = path.read_bytes()
    size = (len(head) + 26 + 100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    is_harmless(warm, [str(path)])


def test_noise_is_of_no_format_in_any_name(warm: Warm, tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(200_000)
    for name in ("a.vcf", "a.zip"):
        (tmp_path / name).write_bytes((b"PK\x03\x04" if name == "a.zip" else b"") + noise)
        assert is_harmless(warm, [str(tmp_path / name)]).code == 7


def test_what_is_no_file_is_not_waited_for(warm: Warm, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "empty").mkdir()
    for word in (str(tmp_path / "pipe.csv"), "/dev/zero", str(tmp_path / "empty")):
        assert is_harmless(warm, [word]).code == 7
    # A format that has no folders.
    assert is_harmless(warm, ["csv", str(tmp_path / "empty")]).code == 7


def test_one_line_of_megabytes_is_no_journal(warm: Warm, tmp_path: Path) -> None:
    one_line(tmp_path / "a.ndjson")
    is_harmless(warm, [str(tmp_path / "a.ndjson")])


def test_endless_standard_input_ends_with_the_room_for_it(environment: dict[str, str], tmp_path: Path) -> None:
    def cramped() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30 << 20, 30 << 20))

    with open("/dev/zero", "rb") as zeros:
        ended = spawned({**environment, "TMPDIR": str(tmp_path)}, ["import", "-"], stdin=zeros, preexec_fn=cramped)
    assert ended.code in (7, 9)
    assert "Traceback" not in ended.stderr
    assert ended.memory < MEMORY
