"""The maps of columns that imports may use by name: `maps.toml` beside the settings file, a table a map."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from netjournal import config, configfile
from netjournal.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_HEAD: Final = """\
# Maps of columns for `netj import --map NAME`: what each column of a table means, by its header.
# This file is written whole by `netj import --save-map`: remarks of yours in it do not last.
"""
_NAME: Final = re.compile(r"[^\W_]+(?:[-_.][^\W_]+)*")
_NAME_LIMIT: Final = 64
_BY_HAND: Final = "Mend it by hand, or delete it: it holds nothing but maps."


def maps_path(settings: Path) -> Path:
    """Where the maps are: beside the settings file."""
    return settings.with_name("maps.toml")


def saved_maps(path: Path) -> dict[str, dict[str, str]]:
    """Each saved map by name: header to field, as they stand; none where there is no file. Raises ConfigError."""
    text = config.file_text(path)
    if not text:
        return {}
    import tomllib  # only for those who have such a file

    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        # The parser's own words may quote the file.
        raise ConfigError(f"The file of maps {path} is not valid TOML.", _BY_HAND) from None
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(field, str) for field in table.values()):
            raise ConfigError(f"The map '{_shown(name)}' in {path} must be a table of headers and fields.", _BY_HAND)
    return tables


def save_map(path: Path, name: str, columns: Mapping[str, str]) -> None:
    """Add a map, or put it in the place of the one of that name: whole or not at all, 0600, in a 0700 folder.

    Raises ConfigError for a name that cannot be typed as one word, for a map of nothing and for a broken file,
    StorageError where it cannot be written.
    """
    if not _NAME.fullmatch(name) or len(name) > _NAME_LIMIT:
        raise ConfigError(f"'{_shown(name)}' cannot be the name of a map.", "Use letters, digits and hyphens: my-crm.")
    if not columns:
        raise ConfigError(f"The map '{name}' says nothing.", 'Say what a column is with --map "Header=field".')
    tables = saved_maps(path) | {name: dict(columns)}
    parts = [_HEAD]
    for title in sorted(tables):
        lines = [
            f"{configfile.literal(header)} = {configfile.literal(field)}\n" for header, field in tables[title].items()
        ]
        parts.append(f"\n[{configfile.literal(title)}]\n{''.join(lines)}")
    configfile.write(path, "".join(parts))


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name[:_NAME_LIMIT])
