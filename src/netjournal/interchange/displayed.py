"""Names as programs show them beside an address, and what stands in them behind a comma."""

from __future__ import annotations

import re
from typing import Final

_LAST_FIRST: Final = re.compile(r"([^,()]+), *([^\W\d_][^,()&/]*?)(?: *\([^()]*\))?")
#: What stands behind a comma and is no first name.
CREDENTIALS: Final = frozenset(
    {
        "phd",
        "dphil",
        "md",
        "mba",
        "mph",
        "msc",
        "bsc",
        "ma",
        "ba",
        "jr",
        "sr",
        "i",
        "ii",
        "iii",
        "iv",
        "esq",
        "cpa",
        "cfa",
    }
    | {"pmp", "pe", "rn", "dds", "jd", "inc", "ltd", "llc", "gmbh", "ag", "co", "dr", "prof"}
)


def turned(name: str) -> str:
    """`Last, First` as `First Last`; what stands behind a comma and is no first name stays there."""
    found = _LAST_FIRST.fullmatch(name)
    if found and len(found[2].split()) <= 3:
        last, first = found[1].strip(), found[2].strip()
        if first.replace(".", "").split()[0].casefold() not in CREDENTIALS and not first.isupper():
            return f"{first} {last}"
    return name
