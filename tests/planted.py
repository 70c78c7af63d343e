"""Plant one defect after the other in a copy of the tree, and say whether the tests that guard its promise go red.

    python tests/planted.py            # all: some minutes
    python tests/planted.py I2 I6      # those of some promises

The working tree is not touched. The exit code is 1 where a defect went unseen. A plain run of the suite does not plant
anything; it holds that each defect still fits the code it is planted in.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
#: What the copy does without.
LEFT_OUT: Final = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "build", "dist")
QUICK: Final = 'derandomize=True, phases=[p for p in settings.default.phases if p.name not in ("shrink", "explain")],'


class Defect(NamedTuple):
    """What breaks a promise: the text in a file of `src/netjournal` that another replaces; and the tests to go red."""

    promise: str
    what: str
    file: str
    good: str
    bad: str
    tests: tuple[str, ...]


DEFECTS: Final = (
    Defect(
        "I1", "no IMMEDIATE", "store/unit_of_work.py",
        'exec_driver_sql("BEGIN IMMEDIATE")', 'exec_driver_sql("BEGIN")',
        ("properties/test_one_transaction.py",),
    ),
    Defect(
        "I1", "no IMMEDIATE, and a look before the first write", "store/unit_of_work.py",
        'exec_driver_sql("BEGIN IMMEDIATE")',
        'exec_driver_sql("BEGIN")\n        connection.exec_driver_sql("SELECT count(*) FROM action").fetchall()',
        ("faults/test_writers.py",),
    ),
    Defect(
        "I1", "each row is a transaction of its own", "store/unit_of_work.py",
        "        self._session.flush()\n        return int(getattr(row",
        "        self._session.flush()\n        self.raw.execute('COMMIT')\n        self.raw.execute('BEGIN IMMEDIATE')\n"
        "        return int(getattr(row",
        ("properties/test_one_transaction.py",),
    ),
    Defect(
        "I1", "the receipt before the commit", "cli/log.py",
        '        with session.writing("log") as uow:\n            return log(uow, settled)\n',
        '        from netjournal.journal.logged import Logged\n\n'
        '        with session.writing("log") as uow:\n            receipt = log(uow, settled)\n'
        '            session.emit((receipt,), Logged, format="ndjson")\n            sys.stdout.flush()\n'
        "            return receipt\n",
        ("faults/test_kills.py",),
    ),
    Defect(
        "I2", "an update notes only its key", "store/sqlite/changes.py",
        "{packed('NEW', keys)}, {packed('OLD', names)}); END\",\n        f'CREATE TEMP TRIGGER \"{table}_deleted\"",
        "{packed('NEW', keys)}, {packed('OLD', keys)}); END\",\n        f'CREATE TEMP TRIGGER \"{table}_deleted\"",
        ("properties/test_undo_anything.py",),
    ),
    Defect(
        "I2", "a table that is not tracked", "store/sqlite/changes.py",
        '_UNTRACKED = ("action", "change")', '_UNTRACKED = ("action", "change", "introduction")',
        ("properties/test_undo_anything.py",),
    ),
    Defect(
        "I2", "replayed forwards", "store/sqlite/changes.py",
        "WHERE action_id = ? ORDER BY id DESC", "WHERE action_id = ? ORDER BY id",
        ("properties/test_undo_anything.py",),
    ),
    Defect(
        "I2", "an undo leaves a stamp of its own", "store/unit_of_work.py",
        "if self._taken_back is None and not self._keeps_stamps", "if not self._keeps_stamps",
        ("properties/test_undo_anything.py",),
    ),
    Defect(
        "I3", "the number of an imported meeting is not kept", "journal/importing/batch.py",
        '        self._add("interaction_source", source=self.source, external_id=item.external_id, '
        "interaction_id=interaction_id)\n",
        "", ("properties/test_import_twice.py",),
    ),
    Defect(
        "I3", "the number of an imported contact is not kept", "journal/importing/batch.py",
        "        for external_id in change.external_ids:\n            told_now",
        "        for external_id in ():\n            told_now",
        ("properties/test_import_twice.py", "cli/test_import.py"),
    ),
    Defect(
        "I4", "an export without a field of contacts", "store/queries/export.py",
        '        "location": row[4],\n', '        "location": None,\n', ("properties/test_export_import.py",),
    ),
    Defect(
        "I4", "an export without the asks of objectives", "store/queries/export.py",
        "SELECT objective_id, ask FROM objective_ask ORDER BY",
        "SELECT objective_id, ask FROM objective_ask WHERE 0 ORDER BY",
        ("properties/test_export_import.py",),
    ),
    Defect(
        "I5", "a `;` in a list splits it", "render/plain.py",
        '";".join([str(item).replace(";", ",") for item in value])', '";".join([str(item) for item in value])',
        ("properties/test_every_answer.py", "render/test_show.py"),
    ),
    Defect(
        "I5", "one format drops a row", "render/markdown.py",
        "    for row in rows:\n        emit(out, _line([escape(text_of",
        "    for row in list(rows)[:-1]:\n        emit(out, _line([escape(text_of",
        ("properties/test_every_answer.py",),
    ),
    Defect(
        "I6", "last words by the order of logging", "domain/replies.py",
        "    return max(said, key=lambda s: (DEPTH_RANK[DEPTH_OF_KIND[s.kind]], s.uid), default=None)\n",
        "    return said[-1] if said else None\n", ("properties/test_order.py",),
    ),
    Defect(
        "I6", "the touch logged last is the newest", "store/queries/contacts.py",
        '"(SELECT max(t.on_day) FROM touch AS t WHERE t.contact_id = c.id AND t.exposure = 0)"',
        '"(SELECT t.on_day FROM touch AS t WHERE t.contact_id = c.id AND t.exposure = 0 '
        'ORDER BY t.interaction_id DESC LIMIT 1)"',
        ("properties/test_order.py",),
    ),
    Defect(
        "I6", "waiting although something came in that day", "domain/replies.py",
        'any(s.direction != "out" for s in said)', 'said[0].direction != "out"',
        ("properties/test_order.py", "domain/test_replies.py"),
    ),
    Defect(
        "I7", "no sanitiser", "render/plain.py",
        "    shown = text.replace(\"\\r\\n\", \"\\n\").translate(_SHOWN)\n", "    shown = text\n",
        ("faults/test_hostile_names.py",),
    ),
    Defect(
        "I7", "names are markup", "render/table.py",
        "[Text(column.texts[n], style_of(column.values[n], column.kind)) for",
        "[Text.from_markup(column.texts[n], style=style_of(column.values[n], column.kind)) for",
        ("faults/test_hostile_names.py",),
    ),
    Defect(
        "I8", "the message of a bug", "cli/boundary.py",
        'told = f"netj: an internal error ({type(error).__name__}{where})"',
        'told = f"netj: an internal error ({error}{where})"', ("faults/test_bugs.py",),
    ),
    Defect(
        "I8", "messages in the frames", "cli/boundary.py",
        'lines.append(f"  {type(current).__name__}")', 'lines.append(f"  {type(current).__name__} {current}")',
        ("faults/test_bugs.py",),
    ),
    Defect(
        "I8", "statements with their values", "store/unit_of_work.py",
        "hide_parameters=True", "hide_parameters=False", ("store/test_changes_refused.py",),
    ),
    Defect(
        "I9", "a reader makes the file", "store/sqlite/opener.py",
        "        connection = empty_in_memory() if is_missing(path) else connect(path)\n",
        "        if is_missing(path):\n            _make_file(path)\n        connection = connect(path)\n",
        ("faults/test_every_command.py",),
    ),
    Defect(
        "I9", "a reader sets the journal's mode", "store/sqlite/opener.py",
        '            connection.execute("PRAGMA query_only = ON")\n            connection.execute("BEGIN")\n',
        '            connection.execute("PRAGMA journal_mode = WAL")\n            connection.execute("BEGIN")\n',
        ("faults/test_bugs.py", "properties/test_reading.py"),
    ),
)  # fmt: skip


def fits(defect: Defect, source: Path) -> bool:
    """Whether the text that a defect replaces stands in its file, once."""
    return (source / defect.file).read_text(encoding="utf-8").count(defect.good) == 1


def main() -> int:
    """Plant each defect asked for, run its tests, take it out again."""
    wanted = set(sys.argv[1:])
    unseen = 0
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        # That an example fails is all that is asked: to make it smaller would take minutes.
        conftest = tree / "tests" / "conftest.py"
        conftest.write_text(conftest.read_text(encoding="utf-8").replace("derandomize=True,", QUICK), encoding="utf-8")
        for defect in DEFECTS:
            if not wanted or defect.promise in wanted:
                began = time.monotonic()
                red = _planted(defect, tree)
                unseen += not red
                told = ", ".join(red) or "NOTHING"
                print(f"{defect.promise}  {defect.what}: {told} ({time.monotonic() - began:.0f} s)", flush=True)
    return int(unseen > 0)


def _planted(defect: Defect, tree: Path) -> list[str]:
    """The names of the tests that went red, a few of them."""
    file = tree / "src" / "netjournal" / defect.file
    whole = file.read_text(encoding="utf-8")
    if not fits(defect, tree / "src" / "netjournal"):
        return []
    file.write_text(whole.replace(defect.good, defect.bad), encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "2", "-p", "no:cacheprovider"]
        ended = subprocess.run(
            [*command, *(f"tests/{test}" for test in defect.tests)],
            cwd=tree, env={**os.environ, "PYTHONPATH": str(tree / "src")}, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        file.write_text(whole, encoding="utf-8")
    found = [line.split(" ")[1].split("::")[-1] for line in ended.stdout.splitlines() if line.startswith("FAILED ")]
    if ended.returncode and not found:
        # A defect that breaks the fixtures proves nothing.
        print(ended.stdout[-1000:], ended.stderr[-1000:])
    return list(dict.fromkeys(name.split("[")[0] for name in found))[:3]


if __name__ == "__main__":
    raise SystemExit(main())
