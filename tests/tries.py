"""How many examples a property is tried with: few in the gate, which tries the same ones each time; many in `tests/fuzz.py`."""

from __future__ import annotations

import os

#: NETJ_FUZZ: times as many as the suite names; the gate takes a part of them.
_TIMES = int(os.environ.get("NETJ_FUZZ") or 0)


def tries(count: int) -> int:
    """So many examples times NETJ_FUZZ; without it, in the gate, a third, but at least four."""
    return count * _TIMES or max(4, count // 3)
