"""Whole files of other trackers, within limits of memory that hold for hostile ones too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from netjournal.errors import InputFileError
from netjournal.interchange.tabular import decode

if TYPE_CHECKING:
    from netjournal.interchange.sources import Source
    from netjournal.interchange.tabular import Decoded

#: Bytes of a text; a journal of a lifetime has a few million.
_TEXT_LIMIT: Final = 64 << 20
#: Values in a JSON file. Its bytes are no measure: photos are long texts, and a short `{}` takes 70 bytes of memory.
_VALUE_LIMIT: Final = 6_000_000


def text_of(source: Source) -> Decoded:
    """The text of a file and whether its encoding was assumed; raises InputFileError where it is too large."""
    return decode(source.read(_TEXT_LIMIT))


def json_of(source: Source) -> dict[str, Any]:
    """The object that a JSON file holds; raises InputFileError where it holds none, or more than memory should."""
    import json

    data = source.read()
    # A comma or bracket stands before each value but the first of an object.
    if sum(data.count(mark) for mark in (b",", b"[", b"{")) > _VALUE_LIMIT:
        raise InputFileError(f"{source.name} holds over {_VALUE_LIMIT:,} values.", "Export fewer years.")
    try:
        found = json.loads(decode(data).text.lstrip("\ufeff"))
    except RecursionError:
        raise InputFileError(f"{source.name} nests too deep to be read.") from None
    except ValueError:
        raise InputFileError(f"{source.name} is no whole JSON file.", "Export it again.") from None
    if not isinstance(found, dict):
        raise InputFileError(f"{source.name} is not of this format: it holds no JSON object.")
    return found
