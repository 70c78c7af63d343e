"""Characters that no file may bring in: what no column takes, and what acts on the program that shows it."""

from __future__ import annotations

import re
from typing import Final

#: NUL, and halves of characters that never were UTF-8 text.
UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")
#: C0, DEL and C1 but for tab and newline, for `str.translate`.
CONTROLS: Final = {n: None for n in (*range(0x20), *range(0x7F, 0xA0)) if n not in (0x09, 0x0A)}


def newlines(text: str) -> str:
    """A text whose line ends are all newlines."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
