"""Changing one line of a settings file: everything else in it stays as it was typed."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest

from netjournal import config, configfile
from netjournal.errors import ConfigError, StorageError
from rows import rows


def changed(text: str, name: str, typed: str) -> str:
    setting = config.setting_named(name)
    return configfile.changed(text, setting, config.value_typed(setting, typed), Path("config.toml"))


@rows(
    ("before", "name", "typed", "after"),
    [
        ("", "backup.keep", "3", "backup.keep = 3\n"),
        ("capacity = 4", "format", "json", 'capacity = 4\nformat = "json"\n'),
        ("  capacity=4 # for mondays\n", "capacity", "5", "  capacity=5 # for mondays\n"),
        ("'capacity' = 0x4\r\n# end\r\n", "capacity", "5", "'capacity' = 5\r\n# end\r\n"),
        ("a.b = 1\n".replace("a.b", "backup . keep"), "backup.keep", "2", "backup . keep = 2\n"),
        ("[backup]\nkeep = 3 #x\n\n[me]\n", "backup.keep", "4", "[backup]\nkeep = 4 #x\n\n[me]\n"),
        ("[backup]\n# nothing yet\n\n[me]\n", "backup.keep", "4", "[backup]\nkeep = 4\n# nothing yet\n\n[me]\n"),
        ("[me]\nurls = []\n", "me.emails", "a", '[me]\nurls = []\nemails = ["a"]\n'),
        ("# mine\n\n# of me\n[me]\nurls = []\n", "capacity", "4", "# mine\n\ncapacity = 4\n# of me\n[me]\nurls = []\n"),
        ("# capacity = 10\n# more\n", "capacity", "4", "# capacity = 10\ncapacity = 4\n# more\n"),
        ("[backup]\n#keep = 10\n\n", "backup.keep", "4", "[backup]\n#keep = 10\nkeep = 4\n\n"),
        ("format = 'json'\ncapacity = 4 # x\n# y\n", "capacity", "", "format = 'json'\n# y\n"),
        ("[backup]\nkeep = 3\n", "backup.keep", "", "[backup]\n"),
        ("capacity = 4\n", "capacity", "10", ""),
        ('me.emails = [\n  "a",\n  "b",\n] # us\n', "me.emails", "c", 'me.emails = ["c"] # us\n'),
        ('me.emails = ["#a"] # us\n', "me.emails", "c", 'me.emails = ["c"] # us\n'),
        ('me.urls = ["""\n[backup]\nkeep = 1\n"""]\n', "backup.keep", "2", None),
        ("# no capacity\n", "capacity", "", "# no capacity\n"),
    ],
)
def test_one_line_is_changed_and_the_others_stay(before: str, name: str, typed: str, after: str | None) -> None:
    assert changed(before, name, typed) == (before + "backup.keep = 2\n" if after is None else after)


def test_in_every_mixture_of_files_a_change_does_what_it_says_and_nothing_else() -> None:
    top = ("", "# t\ncapacity = 3 # c\n", "backup.keep = 3\n", "me.urls = [\n 'u',\n]\n")
    tables = ("", "[backup]\n# b\n", "# of health\n[health]\nhalf_life = '6w'\n\n", '[me]\nemails = ["""x\n[y]"""]\n')
    ends = ("", "# end", "\n\n")
    settings = (("capacity", "5", 5), ("backup.keep", "4", 4), ("me.emails", "e", ("e",)), ("health.half_life", "", 90))
    tried = 0
    for parts in itertools.product(top, top, tables, tables, ends):
        text = "".join(parts)
        try:
            before = dict(config.read_values(text, Path("x")))
        except ConfigError:
            continue
        for name, typed, value in settings:
            new = changed(text, name, typed)
            tried += 1
            after = dict(config.read_values(new, Path("x")))
            wanted = {k: v for k, v in before.items() if k != name}
            if typed:
                wanted[name] = list(value) if isinstance(value, tuple) else value
            assert after == wanted, text
            kept = [line for line in text.splitlines() if line.startswith("#")]
            assert [line for line in new.splitlines() if line.startswith("#")] == kept
    assert tried > 500


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "config.toml"
    file.write_text("capacity = 4\n")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        configfile.write(file, "capacity = 5\n")
    assert file.read_text() == "capacity = 4\n"
    assert list(tmp_path.iterdir()) == [file]
