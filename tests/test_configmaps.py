"""Maps of columns, kept beside the settings."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from netjournal.configmaps import maps_path, save_map, saved_maps
from netjournal.errors import ConfigError
from rows import rows
from tries import tries

if TYPE_CHECKING:
    from pathlib import Path


def test_a_map_is_kept_beside_the_settings_for_nobody_else_to_read(tmp_path: Path) -> None:
    path = maps_path(tmp_path / "made" / "config.toml")
    assert saved_maps(path) == {}
    save_map(path, "my-crm", {"stage": "note", "e-mail": "email"})
    save_map(path, "other", {"wer": "name"})
    save_map(path, "my-crm", {"stage": "skip"})
    assert saved_maps(path) == {"my-crm": {"stage": "skip"}, "other": {"wer": "name"}}
    assert [stat.S_IMODE(p.stat().st_mode) for p in (path, path.parent)] == [0o600, 0o700]
    assert [p.name for p in path.parent.iterdir()] == ["maps.toml"]


@rows("name", ["", "two words", "a=b", "../x", "-x", "x" * 65, "a\nb"])
def test_a_name_that_cannot_be_typed_as_one_word_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigError):
        save_map(tmp_path / "maps.toml", name, {"a": "name"})


def test_a_map_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        save_map(tmp_path / "maps.toml", "crm", {})


@rows("data", [b"[a", b"a = 1\n", b"[a]\nb = 2\n", b"[a.b]\nc = 'name'\n", b"\xff"])
def test_a_broken_file_is_refused_and_left_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "maps.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError):
        saved_maps(path)
    with pytest.raises(ConfigError):
        save_map(path, "crm", {"a": "name"})
    assert path.read_bytes() == data


@settings(
    max_examples=tries(25), deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.sampled_from(["name", "skip"]), min_size=1
    )
)
def test_every_header_is_read_back(tmp_path: Path, columns: dict[str, str]) -> None:
    save_map(tmp_path / "maps.toml", "crm", columns)
    assert saved_maps(tmp_path / "maps.toml") == {"crm": columns}
