"""The tables of docs/explanation/performance.md, from the last result that is kept beside this file.

    python tests/benchmarks/page.py

`last.json` holds what run.py, floors.py, streaming.py and joining.py measured; whole.py puts it together.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import growth
from generate import SIZES
from run import Line

LAST: Final = Path(__file__).parent / "last.json"
PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "performance.md"


def tables(record: dict[str, Any]) -> dict[str, str]:
    """Each table by what it is of."""
    lines = [Line(**line) for line in record["lines"]]
    return {
        "costs": _costs(lines),
        "growth": growth.as_markdown(growth.grown(lines)),
        "floors": _table(
            ["command", "size", "CPU ms", "by hand, ms", "ratio"],
            [
                [
                    f"`{f['command']}`",
                    f["size"],
                    f"{f['cpu_ms']:,.0f}",
                    f"{f['yardstick_ms']:,.0f}",
                    f"{f['ratio']:.2f}",
                ]
                for f in record["floors"]
            ],
        ),
        "memory": _table(["process", "peak MiB"], [[name, f"{peak:.0f}"] for name, peak in record["peak_mib"].items()]),
    }


def _costs(lines: list[Line]) -> str:
    sizes = [*SIZES, "L90"]
    rows: dict[tuple[str, str], dict[str, Line]] = {}
    for line in lines:
        rows.setdefault((line.command, line.yardstick), {})[line.size] = line
    body = []
    for (command, yardstick), found in rows.items():
        bounds = [f"{line.bound:g}" if line and line.bound else "" for line in (found.get("S"), found.get("L"))]
        last = found.get("L") or list(found.values())[-1]
        told = [_ratio(found[size]) if size in found else "" for size in sizes]
        body.append(
            [
                f"`{command}`",
                yardstick.removeprefix("import "),
                *told,
                *bounds,
                f"{last.cpu_ms:,.0f}",
                f"{last.peak_mib:.0f}",
            ]
        )
    return _table(["command", "in units of", *sizes, "bound S", "bound L", "ms", "peak MiB"], body)


def _ratio(line: Line) -> str:
    return f"**{line.ratio:.2f}**" if line.met is False else f"{line.ratio:.2f}"


def _table(head: list[str], rows: list[list[str]]) -> str:
    words = {"command", "in units of", "size", "process"}
    rule = ["---" if name in words else "---:" for name in head]
    return "".join("| " + " | ".join(row) + " |\n" for row in (head, rule, *rows))


def renew(record: dict[str, Any]) -> None:
    """Put the tables into the page, each in the place of the one that begins with the same head."""
    text = PAGE.read_text(encoding="utf-8")
    for name, table in tables(record).items():
        head = re.escape(table.split("\n", 1)[0])
        found = re.findall(rf"^{head}\n(?:\|.*\n)+", text, re.MULTILINE)
        if len(found) != 1:
            raise ValueError(f"the table of {name} stands {len(found)} times in {PAGE.name}")
        text = text.replace(found[0], table)
    PAGE.write_text(text, encoding="utf-8")


def main() -> None:
    """Renew the page from the last result."""
    renew(json.loads(LAST.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
