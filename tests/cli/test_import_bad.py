"""One bad item among a hundred: it is named with its place, the others come in, and `--strict` takes none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bringing import brought

if TYPE_CHECKING:
    from conftest import Netj

LONG = "x" * 300


def table(bad: int) -> str:
    rows = [f"P{n},p{n}@example.com" for n in range(100)]
    rows[bad] = f'"P{bad},p@example.com'
    return "\n".join(("Name,Email", *rows, ""))


def connections(bad: int) -> str:
    rows = [f"P{n},Q,https://www.linkedin.com/in/p{n},,Acme,,01 Jan 2024" for n in range(100)]
    rows[bad] = "P,Q,https://www.linkedin.com/in/p,,Acme"
    return "\n".join(("First Name,Last Name,URL,Email Address,Company,Position,Connected On", *rows, ""))


def cards(bad: int) -> str:
    names = [f"FN:P{n}\nEMAIL:p{n}@example.com" for n in range(100)]
    names[bad] = f"FN:{LONG}\nEMAIL:p@example.com"
    return "".join(f"BEGIN:VCARD\nVERSION:3.0\n{name}\nEND:VCARD\n" for name in names)


def events(bad: int) -> str:
    days = [f"DTSTART:202610{n % 28 + 1:02}T100000Z" for n in range(100)]
    days[bad] = "DTSTART:sometime"
    return "BEGIN:VCALENDAR\n" + "".join(
        f"BEGIN:VEVENT\nUID:{n}\n{day}\nATTENDEE:mailto:p{n}@example.com\nEND:VEVENT\n" for n, day in enumerate(days)
    ) + "END:VCALENDAR\n"  # fmt: skip


def mails(bad: int) -> str:
    froms = [f"From: p{n}@example.com" for n in range(100)]
    froms[bad] = "From: (nobody)"
    return "".join(
        f"From x@example.com Tue Nov 03 08:15:00 2026\nMessage-ID: <{n}@x>\nDate: 3 Nov 2026 08:15:00 +0000\n"
        f"To: me@example.com\n{sender}\n\nhi\n\n" for n, sender in enumerate(froms)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "text", "place"),
    [
        ("csv", table(40), "line 42: a quote is opened and not closed, skipped"),
        ("linkedin", connections(40), "line 42: 5 fields where the header has 7, skipped"),
        ("vcard", cards(40), "line 201: its name has over 200 characters, skipped"),
        ("ical", events(40), "line 202: its start cannot be read, skipped"),
        ("mail", mails(40), "line 41: no sender that can be read, skipped"),
    ],
    ids=["csv", "linkedin", "vcard", "ical", "mail"],
)
def test_ninety_nine_come_in_and_the_bad_one_is_named(
    source: str, text: str, place: str, netj: Netj, environment: dict[str, str]
) -> None:
    code, out, err = netj("import - --new --me me@example.com --strict", stdin=text)
    assert (code, out) == (7, "")
    assert place.removesuffix(", skipped")[1:] in err
    assert "with --strict nothing was imported" in err
    assert len(err.splitlines()) == 1
    assert not Path(environment["NETJ_DB"]).exists()

    receipt = brought(netj, "- --new --me me@example.com", stdin=text)
    made = 198 if source in ("ical", "mail") else 99
    assert (receipt["source"], receipt["counts"]) == (source, (made, 0, 0, 1))
    assert [warning for warning in receipt["warnings"] if "skipped" in warning] == [place]
