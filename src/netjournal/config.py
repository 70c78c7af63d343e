"""The settings: one table of them, and their values from the environment, the TOML file and the defaults."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, NoReturn

from netjournal.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Source = Literal["environment", "file", "default"]
SettingType = Literal["int", "days", "choice", "list"]
Value = int | str | tuple[str, ...]

FORMATS: Final = ("table", "json", "ndjson", "csv", "tsv", "md")


class Setting(NamedTuple):
    """One thing that can be set: its dotted name in the file, and where else it may come from."""

    name: str
    type: SettingType
    default: Value
    env: str
    help: str
    choices: tuple[str, ...] = ()


SETTINGS: Final = (
    Setting(
        "capacity",
        "int",
        10,
        "NETJ_CAPACITY",
        "Rows that a bare terminal shows, and touches a day that you can do.",
    ),
    Setting(
        "date_order",
        "choice",
        "",
        "NETJ_DATE_ORDER",
        "How 05/06/2026 is read: day first (dmy) or month first (mdy); unset, it is refused.",
        ("", "dmy", "mdy"),
    ),
    Setting(
        "format",
        "choice",
        "",
        "NETJ_FORMAT",
        "How answers are shown; unset, a table on a terminal and tsv in a pipe.",
        ("", *FORMATS),
    ),
    Setting("me.emails", "list", (), "NETJ_ME_EMAILS", "Your mail addresses, in imports of mail and calendars."),
    Setting("me.urls", "list", (), "NETJ_ME_URLS", "Your profile addresses, in imports of messages."),
    Setting(
        "health.half_life",
        "days",
        90,
        "NETJ_HEALTH_HALF_LIFE",
        "Days after which a touch counts half in contact health (`prep`).",
    ),
    Setting("backup.keep", "int", 10, "NETJ_BACKUP_KEEP", "Daily backups that are kept."),
)
BY_NAME: Final[dict[str, Setting]] = {setting.name: setting for setting in SETTINGS}


class SettingRow(NamedTuple):
    """One setting, its value as `netj config set` takes it, and where that comes from."""

    name: str
    value: str
    source: Source
    type: SettingType
    help: str


class Config(NamedTuple):
    """The value of every setting for one invocation."""

    values: Mapping[str, Value]

    def get(self, name: str) -> Value:
        """The value of a setting, in its own type."""
        return self.values[name]

    def number(self, name: str) -> int:
        """The value of an `int` or a `days` setting; durations are whole days."""
        value = self.values[name]
        assert isinstance(value, int), name
        return value

    def text(self, name: str) -> str:
        """The value of a `choice` setting; unset is the empty text."""
        value = self.values[name]
        assert isinstance(value, str), name
        return value

    def listed(self, name: str) -> tuple[str, ...]:
        """The value of a `list` setting."""
        value = self.values[name]
        assert isinstance(value, tuple), name
        return value


def config_path(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the settings file is, or would be: NETJ_CONFIG, else the platform's place for settings."""
    if named := environ.get("NETJ_CONFIG"):
        return Path(named).expanduser()
    import platformdirs  # costs 4 ms

    return platformdirs.user_config_path("netjournal", appauthor=False) / "config.toml"


def journal_path(option: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Where the journal is: the --db option, else NETJ_DB, else the platform's place for data."""
    if named := option or environ.get("NETJ_DB"):
        return Path(named).expanduser()
    import platformdirs

    return platformdirs.user_data_path("netjournal", appauthor=False) / "journal.db"


def load(environ: Mapping[str, str] = os.environ) -> Config:
    """Every setting's value: environment before file before default (an option comes before all, in its command).

    Raises ConfigError, which names the setting and where it stands, never what it holds.
    """
    values: dict[str, Value] = {setting.name: setting.default for setting in SETTINGS}
    values.update(_of_file(config_path(environ)))
    for setting in SETTINGS:
        if raw := environ.get(setting.env):
            values[setting.name] = _from_environment(setting, raw)
    return Config(values)


def setting_rows(environ: Mapping[str, str] = os.environ) -> tuple[SettingRow, ...]:
    """Every setting with its value and where that comes from; raises ConfigError as `load` does."""
    config = load(environ)
    in_file = _of_file(config_path(environ))
    return tuple(
        SettingRow(
            setting.name,
            spelled(config.get(setting.name)),
            "environment" if environ.get(setting.env) else "file" if setting.name in in_file else "default",
            setting.type,
            setting.help,
        )
        for setting in SETTINGS
    )


def setting_named(typed: str) -> Setting:
    """The setting that was typed. Raises UsageError with the nearest one."""
    if typed in BY_NAME:
        return BY_NAME[typed]
    raise UsageError(f"There is no setting '{typed}'.", _meant(typed))


def value_typed(setting: Setting, typed: str) -> Value:
    """A setting's value as typed, a list parted by commas; empty is the default. Raises UsageError."""
    value = _from_text(setting, typed) if typed else setting.default
    if value is None:
        raise UsageError(f"The setting '{setting.name}' must be {_wanted(setting)}.")
    return value


def spelled(value: Value) -> str:
    """A value as it is typed: a list parted by commas."""
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _of_file(path: Path) -> dict[str, Value]:
    values = read_values(file_text(path) or "", path)
    return {name: _from_file(BY_NAME[name], raw, path) for name, raw in values}


def file_text(path: Path) -> str | None:
    """What the settings file holds, None where there is none. Raises ConfigError where it is no text."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"The settings file {path} cannot be read: {os.strerror(error.errno or 0)}.") from None
    except UnicodeDecodeError:
        raise ConfigError(f"The settings file {path} is not UTF-8 text.") from None


def check_text(text: str, path: Path) -> None:
    """Refuse a text that cannot be the settings file; raises ConfigError as `load` does."""
    for name, raw in read_values(text, path):
        _from_file(BY_NAME[name], raw, path)


def read_values(text: str, path: Path) -> Iterator[tuple[str, Any]]:
    """The settings in a text, of whatever type. Raises ConfigError for what is no TOML or no setting."""
    if not text:
        return
    import tomllib  # only for those who have a settings file

    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        # The parser's own words may quote the file; its position may not.
        _, found, where = str(error).rpartition("(at ")
        place = f" at {where.rstrip(')')}" if found else ""
        raise ConfigError(f"The settings file {path} is not valid TOML{place}.") from None
    yield from _flattened(table, "", path)


def _flattened(table: Mapping[str, Any], prefix: str, path: Path) -> Iterator[tuple[str, Any]]:
    for key, raw in table.items():
        name = prefix + key
        if name in BY_NAME:
            yield name, raw
        elif isinstance(raw, dict) and any(known.startswith(f"{name}.") for known in BY_NAME):
            yield from _flattened(raw, f"{name}.", path)
        else:
            _refuse_unknown(name, path)


def _refuse_unknown(name: str, path: Path) -> NoReturn:
    raise ConfigError(f"There is no setting '{name}' ({path}).", _meant(name))


def _meant(name: str) -> str:
    from difflib import get_close_matches

    close = get_close_matches(name, BY_NAME, n=1)
    return f"Did you mean '{close[0]}'?" if close else f"Known settings: {', '.join(BY_NAME)}."


def _from_file(setting: Setting, raw: object, path: Path) -> Value:
    value = _typed(setting, raw)
    if value is None:
        raise ConfigError(f"The setting '{setting.name}' in {path} must be {_wanted(setting)}.")
    return value


def _from_environment(setting: Setting, text: str) -> Value:
    value = _from_text(setting, text)
    if value is None:
        raise ConfigError(f"The environment variable {setting.env} must be {_wanted(setting)}.")
    return value


def _from_text(setting: Setting, text: str) -> Value | None:
    raw: object = text
    if setting.type == "list":
        raw = [part.strip() for part in text.split(",") if part.strip()]
    elif setting.type == "int":
        raw = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return _typed(setting, raw)


def _typed(setting: Setting, raw: object) -> Value | None:
    """The value in the setting's type, or None where it is not one."""
    if setting.type == "days" and isinstance(raw, str):
        raw = _days(raw)
    if setting.type in ("int", "days"):
        return raw if isinstance(raw, int) and not isinstance(raw, bool) and 1 <= raw < 10**6 else None
    if setting.type == "list":
        return tuple(raw) if isinstance(raw, list) and all(isinstance(item, str) for item in raw) else None
    return raw if isinstance(raw, str) and raw in setting.choices else None


def _days(text: str) -> int | None:
    from netjournal.domain.dates import read_days  # only for those who set one

    # A number alone is one of days, as in the file.
    bare = text.isascii() and text.isdecimal() and len(text) < 7
    try:
        return int(text) if bare else read_days(text)
    except UsageError:
        return None


def _wanted(setting: Setting) -> str:
    match setting.type:
        case "int":
            return "a whole number, 1 or more"
        case "days":
            return "a number of days, 1 or more, or a duration such as 90d, 6w, 3mo, 1y"
        case "list":
            return "a list of texts"
        case "choice":
            return "one of " + ", ".join(choice for choice in setting.choices if choice)
