"""The table of settings and where their values come from."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from netjournal import config
from netjournal.cli.options import Format
from netjournal.errors import ConfigError
from netjournal.render.show import FORMATS
from rows import rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, **environ: str) -> config.Config:
    return config.load({"NETJ_CONFIG": str(file), **environ})


def refused(file: Path, text: str | bytes) -> ConfigError:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        loaded(file)
    assert str(file) in caught.value.sentence
    return caught.value


def test_without_a_file_every_setting_has_its_default(file: Path) -> None:
    settings = loaded(file)
    assert {setting.name: settings.get(setting.name) for setting in config.SETTINGS} == {
        "capacity": 10,
        "date_order": "",
        "format": "",
        "me.emails": (),
        "me.urls": (),
        "health.half_life": 90,
        "backup.keep": 10,
    }


def test_every_default_is_a_value_its_setting_takes() -> None:
    for setting in config.SETTINGS:
        raw = list(setting.default) if isinstance(setting.default, tuple) else setting.default
        assert config._typed(setting, raw) == setting.default


def test_environment_comes_before_file_and_file_before_default(file: Path) -> None:
    file.write_text('capacity = 4\nformat = "json"\n[health]\nhalf_life = "3mo"\n[me]\nemails = ["a@b.example"]\n')
    settings = loaded(file, NETJ_CAPACITY="7", NETJ_ME_URLS="https://x.example, ,https://y.example")
    assert settings.number("capacity") == 7
    assert settings.text("format") == "json"
    assert settings.number("health.half_life") == 90
    assert settings.listed("me.emails") == ("a@b.example",)
    assert settings.listed("me.urls") == ("https://x.example", "https://y.example")


def test_an_empty_variable_counts_as_unset(file: Path) -> None:
    file.write_text("capacity = 4\n")
    assert loaded(file, NETJ_CAPACITY="").number("capacity") == 4


@rows(("text", "days"), [("45", 45), ("10d", 10), ("6w", 42), ("2mo", 60), ("1y", 365), ("6 w", 42), ("6 weeks", 42)])
def test_durations_are_whole_days(file: Path, text: str, days: int) -> None:
    assert loaded(file, NETJ_HEALTH_HALF_LIFE=text).number("health.half_life") == days


def test_an_unknown_setting_is_refused_with_the_nearest_name(file: Path) -> None:
    error = refused(file, "capcity = 4\n")
    assert (error.code, error.hint) == (6, "Did you mean 'capacity'?")
    assert "'capcity'" in error.sentence


def test_an_unknown_setting_in_a_table_is_refused_by_its_full_name(file: Path) -> None:
    assert refused(file, "[health]\nhalflife = 3\n").hint == "Did you mean 'health.half_life'?"
    assert "'zzz'" in refused(file, "[zzz]\nx = 3\n").sentence


@rows(
    ("text", "name"),
    [
        ('capacity = "secret"', "capacity"),
        ("capacity = true", "capacity"),
        ("capacity = 0", "capacity"),
        ("capacity = 2.5", "capacity"),
        ("format = 'secret'", "format"),
        ("me = 'secret'", "me"),
        ("me.emails = 'secret'", "me.emails"),
        ("me.emails = ['secret', 1]", "me.emails"),
        ("health.half_life = 'secret'", "health.half_life"),
        ("health.half_life = '3 fortnights'", "health.half_life"),
        ("date_order = 'ymd'", "date_order"),
    ],
)
def test_a_wrong_type_names_the_setting_and_the_file_but_never_the_value(file: Path, text: str, name: str) -> None:
    error = refused(file, text)
    assert f"'{name}'" in error.sentence
    assert "secret" not in error.sentence + (error.hint or "")


@rows("text", ["capacity = 4\nformat = secret\n", "[secret]\n[secret]\n"])
def test_broken_toml_names_the_place_but_no_text(file: Path, text: str) -> None:
    error = refused(file, text)
    assert "line 2" in error.sentence
    assert "secret" not in error.sentence


def test_a_file_that_is_no_text_or_no_file_is_refused(file: Path) -> None:
    assert "UTF-8" in refused(file, b"\xff\xfe").sentence
    file.unlink()
    file.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        loaded(file)


@rows(
    ("variable", "text"),
    [("NETJ_CAPACITY", "secret"), ("NETJ_CAPACITY", "-1"), ("NETJ_FORMAT", "secret"), ("NETJ_BACKUP_KEEP", "9" * 5000)],
)
def test_a_wrong_variable_is_named_without_its_value(file: Path, variable: str, text: str) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(file, **{variable: text})
    assert variable in caught.value.sentence
    assert text not in caught.value.sentence


def test_the_journal_is_where_the_option_then_the_variable_then_the_platform_says() -> None:
    assert config.journal_path("a.db", {"NETJ_DB": "b.db"}) == Path("a.db")
    assert config.journal_path(None, {"NETJ_DB": "b.db"}) == Path("b.db")
    assert config.journal_path(None, {"NETJ_DB": ""}).parts[-2:] == ("netjournal", "journal.db")


def test_the_settings_file_has_a_place_of_its_own_on_every_platform() -> None:
    assert config.config_path({}).parts[-2:] == ("netjournal", "config.toml")


def test_each_setting_has_a_name_and_a_variable_of_its_own() -> None:
    assert len(config.BY_NAME) == len(config.SETTINGS) == len({setting.env for setting in config.SETTINGS})


def test_the_formats_are_the_same_wherever_they_are_listed() -> None:
    assert config.FORMATS == FORMATS == Format.__args__  # type: ignore[attr-defined]


def test_tomllib_is_loaded_only_for_a_file_that_exists(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tomllib", None)
    loaded(file)
    file.write_text("capacity = 4\n")
    with pytest.raises(ImportError):
        loaded(file)
