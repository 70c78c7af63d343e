"""Who a LinkedIn profile is, in whatever spelling its address or its owner's name comes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote_to_bytes

#: Characters of an address.
URL_LIMIT: Final = 500
#: Characters of an `external_id`.
_ID_LIMIT: Final = 500

_PROFILE: Final = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]+\.)?linkedin\.com/+(in|pub)/+([^?#]*)(?:[?#].*)?", re.IGNORECASE
)
#: What stands where a member has left or hidden: it names nobody.
_NOBODY: Final = frozenset({"linkedin member", "linkedin-mitglied", "linkedin mitglied"})


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
    return url.strip() if key is None else address(key)


def address(key: str) -> str:
    """The address of the profile that has this key."""
    return f"https://www.linkedin.com/{quote(key, safe='/%')}"


def usable_key(url: str) -> str | None:
    """The key of a profile whose address can be stored, or None."""
    return _known_key(url) if 0 < len(url) <= URL_LIMIT else None


@lru_cache(maxsize=8192)
def _known_key(url: str) -> str | None:
    # Some hundred people write the hundred thousand messages of an export.
    return profile_key(url)


def fold(text: str) -> str:
    """A name or address as it stands in an `external_id`."""
    # Part of stored keys: it must not change with the folding that searches use.
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("|", " ").split())


def real_name(name: str) -> str:
    """A name in one line, or nothing where it is what LinkedIn calls those who have left."""
    name = " ".join(name.split())
    return "" if name.casefold() in _NOBODY else name


def bounded(external_id: str) -> str:
    """An `external_id` that can be stored, however long the values were that made it."""
    if len(external_id) <= _ID_LIMIT:
        return external_id
    import hashlib

    return "sha256:" + hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()


def _decoded(part: str) -> str:
    try:
        decoded = unquote_to_bytes(part).decode("utf-8")
    except UnicodeDecodeError:
        decoded = "%"
    if not {"/", "?", "#", "%"}.isdisjoint(decoded):
        # What cannot be decoded and written back the same stays as it is: two profiles must not become one.
        return quote(part, safe="%").lower()
    return unicodedata.normalize("NFC", "".join(c for c in decoded if c.isprintable()).lower().strip())
