"""Hostile strings, a row type with a field of every type, and terminals to show it on."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, get_args
from unittest import mock

from hypothesis import strategies as st

from netjournal.domain.words import Depth, Direction, Handle, Key, Owner, Promise, Prose, Standing, Uid
from netjournal.render.show import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOSTILE = (
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b]0;title\x07",
    "\x9b2J\x9d0;t\x9c",
    "one\rtwo",
    "one\r\ntwo\nthree",
    "a\tb\vc\fd\x1ce\x1df\x1eg\x85h\u2028i\u2029j",
    "\u202eevil\u202c \u2066iso\u2069 \u200fmark\u061c",
    "ze\u200bro\u2060wi\ufeffdth",
    "[red]Dana[/red]",
    "[/]",
    "[link=https://evil.example]x[/link]",
    ":bomb:",
    "lone \ud83d surrogate \udc9b",
    "\U0001f3f4\U000e0067\U000e0062\U000e007f tag",
    "nul\x00 del\x7f bs\x08",
    "pipe | and \\| back\\slash",
    "quote \" and '",
    "=cmd|' /C calc'!A0",
    "+1 -1 @SUM(A1)",
    "semi;colon",
    "name=value",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "山田 太郎 株式会社",
    "e\u0301 o\u0308 Z\u0351\u036b\u0343",
    "می\u200cخواهم",
    "[text](https://evil.example) ![img](https://evil.example/x.png)",
    "https://evil.example www.evil.example <https://evil.example>",
    "[ref]: https://evil.example",
    "<img src=x onerror=alert(1)> &lt;b&gt; &#64;",
    "`code` *star* _under_ ~~gone~~ # head $x$",
    "",
    " ",
    "\n",
    "x" * 300,
    "字" * 90,
)


class Everything(NamedTuple):
    """A field of every type that a row may have."""

    from_: Handle
    name: str
    note: Prose
    title: str | None
    amount: int | None
    lateness: float
    flag: bool
    on: date
    last_on: date | None
    topics: tuple[str, ...]
    contacts: tuple[Handle, ...]
    objectives: tuple[Key, ...]
    terms: dict[str, float]
    uid: Uid
    standing: Standing | None
    direction: Direction
    depth: Depth
    owner: Owner
    followups: tuple[Promise, ...]


FIELDS = ("from", *Everything._fields[1:])


def hostile_row(text: str) -> Everything:
    """A row that says `text` wherever it can."""
    return Everything(
        Handle(text), text, Prose(text), text, 3, 0.1, True, date(2026, 11, 3), None, (text, text), (Handle(text),), (),
        {text: 0.5}, Uid("0123456789abcdef0123456789abcdef"), "overdue", "in", "message", "me",
        (Promise(f"7 them 2026-11-03 {text}"),),
    )  # fmt: skip


#: Joiners, selectors and marks change the width of what stands before or after them.
_AWKWARD = st.sampled_from("\u200d\u200c\ufe0f\u2764\u0301字a1 \n\t\u3000;,\x1b")
TEXTS = st.one_of(
    st.text(st.characters(), max_size=30),
    st.text(st.characters() | _AWKWARD, max_size=40),
    st.sampled_from(HOSTILE),
)
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates()
ROWS = st.lists(
    st.builds(
        Everything,
        from_=TEXTS.map(Handle),
        name=TEXTS,
        note=TEXTS.map(Prose),
        title=st.none() | TEXTS,
        amount=st.none() | st.integers(),
        lateness=FLOATS,
        flag=st.booleans(),
        on=DAYS,
        last_on=st.none() | DAYS,
        topics=st.lists(TEXTS, max_size=3).map(tuple),
        contacts=st.lists(TEXTS.map(Handle), max_size=3).map(tuple),
        followups=st.lists(TEXTS.map(lambda text: Promise(f"7 them 2026-11-03 {text}")), max_size=2).map(tuple),
        objectives=st.lists(TEXTS.map(Key), max_size=3).map(tuple),
        terms=st.dictionaries(TEXTS, FLOATS, max_size=3),
        uid=st.uuids().map(lambda uid: Uid(uid.hex)),
        standing=st.none() | st.sampled_from(get_args(Standing)),
        direction=st.sampled_from(get_args(Direction)),
        depth=st.sampled_from(get_args(Depth)),
        owner=st.sampled_from(get_args(Owner)),
    ),
    max_size=5,
)


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@contextmanager
def environment(**wanted: str) -> Iterator[None]:
    """An environment in which nothing but `wanted` speaks of terminals."""
    kept = {name: value for name, value in os.environ.items() if name not in _SPEAKING}
    with mock.patch.dict(os.environ, {"TERM": "xterm-256color", **kept, **wanted}, clear=True):
        yield


_SPEAKING = {"TERM", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "COLORTERM", "CLICOLOR", "TTY_COMPATIBLE"}


def text_of(rows: Sequence[tuple[Any, ...]], format: str, **options: Any) -> str:  # noqa: A002
    """What `show` writes into a pipe."""
    out = io.StringIO()
    show(rows, Everything, format, out, **options)
    return out.getvalue()


def screen_of(rows: Sequence[tuple[Any, ...]], format: str, **options: Any) -> str:  # noqa: A002
    """What `show` writes onto a terminal."""
    out = Screen()
    show(rows, Everything, format, out, **options)
    return out.getvalue()


_SGR = re.compile(r"\x1b\[([0-9;]*)m")
#: Reset, bold, dim, and the three colours: what the table of styles can produce.
_OURS = {"0", "1", "2", "31", "32", "33"}


def uncoloured(text: str) -> str:
    """Text without the colour sequences that our own styles make; any other is left in."""
    return _SGR.sub(lambda found: "" if found[1] in _OURS else found[0], text)


def dangers(text: str, allowed: str = "\n") -> set[str]:
    """Characters in `text` that a terminal could act on: of class control, format, surrogate or separator."""
    kept = {*allowed, "\u200c", "\u200d"}
    return {
        character
        for character in set(text) - kept
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or _is_hidden(character)
    }


def _is_hidden(character: str) -> bool:
    bidi = unicodedata.bidirectional(character) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    return bidi or character in "\u200b\u200e\u200f\u061c\u2060\ufeff" or 0xE0000 <= ord(character) < 0xE0080
