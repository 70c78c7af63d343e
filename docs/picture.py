"""Make the README's picture, docs/picture.svg, from what the program prints: `python docs/picture.py`.

The commands below run in a journal of their own; what two of them print on a terminal of 80 columns is drawn. A test
makes the picture again and compares. The drawing names no font that would have to be fetched: nobody who looks at it is
told of to anybody.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final
from unittest.mock import patch

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from netjournal.cli.app import run

PICTURE: Final = Path(__file__).resolve().parent / "picture.svg"
WIDTH: Final = 80

#: The day on which each command was typed, and the command.
STORY: Final = (
    ("2026-09-02", 'objective add "Platform role" --why "lead a team again, closer to users" --by 2027-03-31'
     ' --ask "Who is building a platform team?" -t platform'),
    ("2026-09-02", 'objective add Speaking --why "be asked, not ask" -t sre'),
    ("2026-09-03", 'log -w "Priya Nair @ Globex, Staff Engineer" --new --circle active'
     ' "coffee about a talk in spring +speaking #sre"'),
    ("2026-10-20", 'log -w "Sam Okafor @ Hooli, Recruiter" --new --circle outer --direction in'
     ' "message about the market for staff roles +platform-role"'),
    ("2026-10-30", 'contact add "Dana Whitfield" --org Acme --title "VP Engineering" --circle inner'
     ' --introduced-by priya --met "SREcon Dublin"'),
    ("2026-11-02", 'log "coffee with Dana about their platform team +platform-role #platform" --got "how they hire"'
     ' --next "send her the on-call notes by 20 nov" --they "introduce me to the CTO by 2026-12-04"'),
)  # fmt: skip
TODAY: Final = "2026-11-24"
SHOWN: Final = ("due", "prep dana")

#: Rich's own form without its fonts, which come from the network.
_FORM: Final = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>netj due and netj prep in a terminal</title>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; \
font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-family: system-ui, sans-serif; font-size: 18px; font-weight: bold; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""
_THEME: Final = TerminalTheme(
    (30, 32, 38),
    (216, 219, 224),
    [(30, 32, 38), (240, 113, 120), (152, 195, 121), (229, 192, 123), (97, 175, 239), (198, 120, 221), (86, 182, 194),
     (216, 219, 224)],
)  # fmt: skip


class _Terminal(io.StringIO):
    """A stream that says it is a terminal, for the program to write to it as it does to one."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def said(command: str, folder: Path, today: str) -> str:
    """What a command prints on a terminal, colours and all. Raises RuntimeError if it fails."""
    environ = {
        "NETJ_DB": str(folder / "journal.db"),
        "NETJ_CONFIG": str(folder / "config.toml"),
        "NETJ_TODAY": today,
        "COLUMNS": str(WIDTH),
        "TERM": "xterm-256color",
    }
    out = _Terminal()
    with patch.dict(os.environ, environ, clear=True), patch.multiple(sys, stdout=out, stderr=out):
        code = run(shlex.split(command))
    if code:
        raise RuntimeError(f"netj {command}: {code}: {out.getvalue()}")
    return out.getvalue()


def make() -> str:
    """The picture."""
    console = Console(record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for today, command in STORY:
            said(command, folder, today)
        for n, command in enumerate(SHOWN):
            console.print(*[""] * bool(n), Text.assemble(("$ ", "dim"), (f"netj {command}", "bold")), sep="\n")
            console.print(Text.from_ansi(said(command, folder, TODAY).rstrip("\n")))
        console.print()
    drawn = console.export_svg(title="netj", theme=_THEME, code_format=_FORM, unique_id="netj")
    return re.sub(r"[ \t]+$", "", drawn, flags=re.MULTILINE)


if __name__ == "__main__":
    PICTURE.write_text(make(), encoding="utf-8")
