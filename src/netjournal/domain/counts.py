"""Counts in words: `1 touch`, `2 touches`, `1,200 opportunities`."""

from __future__ import annotations

#: Nouns whose plural no rule gives; any other noun is of one word, or its last word is what is counted.
_IRREGULAR = {"person": "people"}


def counted(count: int, noun: str) -> str:
    """A count with its noun, in the singular where there is one."""
    return f"{count:,} {noun if count == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of an English noun (`person`, `touch`, `grown tie`)."""
    *before, last = noun.split(" ")
    if last in _IRREGULAR:
        last = _IRREGULAR[last]
    elif last.endswith(("ch", "s")):
        last += "es"
    elif last.endswith("y") and not last.endswith(("ay", "ey")):
        last = f"{last[:-1]}ies"
    else:
        last += "s"
    return " ".join([*before, last])
