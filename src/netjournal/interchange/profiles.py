"""Who a LinkedIn profile is, in whatever spelling its address comes; address books of all kinds hold them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote_to_bytes

#: Characters of an address.
URL_LIMIT: Final = 500

_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?linkedin\.com/+(in|pub)/+([^?#]*)(?:[?#].*)?", re.IGNORECASE
)


def profile_key(url: str) -> str | None:
    """What identifies a profile in any spelling of its address (`in/ingrid-solberg`), or None if it is no profile."""
    found = _PROFILE.fullmatch(url.strip())
    if found is None:
        return None
    # Old public profiles have several parts; newer ones may end in a language.
    parts = [_decoded(part) for part in found[2].split("/") if part]
    kind = found[1].lower()
    slug = "/".join(parts if kind == "pub" else parts[:1])
    return f"{kind}/{slug}" if slug else None


def clean_url(url: str) -> str:
    """The form of an address to store: of all spellings of one profile the same, of others as it is without blanks."""
    key = profile_key(url)
    return url.strip() if key is None else profile_url(key)


def profile_url(key: str) -> str:
    """The address of the profile that has this key."""
    return f"https://www.linkedin.com/{quote(key, safe='/%')}"


def usable_key(url: str) -> str | None:
    """The key of a profile whose address can be stored, or None."""
    return _known_key(url) if 0 < len(url) <= URL_LIMIT else None


@lru_cache(maxsize=8192)
def _known_key(url: str) -> str | None:
    # Some hundred people write the hundred thousand messages of an export.
    return profile_key(url)


def _decoded(part: str) -> str:
    try:
        decoded = unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        decoded = "%"
    if not {"/", "?", "#", "%"}.isdisjoint(decoded):
        # What cannot be decoded and written back the same stays as it is: two profiles must not become one.
        return quote(part, safe="%").lower()
    return unicodedata.normalize("NFC", "".join(c for c in decoded if c.isprintable()).lower().strip())
