"""External ids: what names an item in every export of the same thing, so that it is known again.

They are stored. What is here must never change, whatever the folding is that searches use.
"""

from __future__ import annotations

import unicodedata
from hashlib import sha256
from typing import Final

#: Characters of an external id.
ID_LIMIT: Final = 500


def fold_key(text: str) -> str:
    """A name, an address or another value as a part of an external id; `|` stands between the parts."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("|", " ").split())


def bounded(external_id: str, prefix: str = "sha256:") -> str:
    """An external id that can be stored, however long the values were that made it: a hash stands for a long one."""
    return external_id if len(external_id) <= ID_LIMIT else prefix + digest(external_id)


def digest(text: str) -> str:
    """What stands for a text, in 64 hexadecimal digits."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()
