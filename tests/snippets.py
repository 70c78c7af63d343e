"""The fenced blocks of the how-to pages, as commands and what they are said to print.

A `console` block holds commands after `$ ` and what each prints. A block under `<!-- file: NAME -->` is a file of that
name in the home folder, for the rest of its section. Of a crontab and of what configures a status bar or tmux the
commands are taken out and run; a `text` block after it is what they print.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final, NamedTuple

_FENCE: Final = re.compile(
    r"^(?:(?P<head>##+ [^\n]+)|(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>\w+)\n(?P<body>.*?)^```)$",
    re.MULTILINE | re.DOTALL,
)
#: Where the commands of a configuration stand.
_COMMANDS: Final = {
    "crontab": re.compile(r"^(?:[\d*/,-]+ ){5}(.+)$", re.MULTILINE),
    "ini": re.compile(r"^command=(.+)$", re.MULTILINE),
    "json": re.compile(r'^ *"exec": "(.+?)",?$', re.MULTILINE),
    "tmux": re.compile(r"#\((.+?)\)"),
}
#: Programs that a machine with Python alone may lack.
TOOLS: Final = frozenset(
    {"awk", "bash", "cut", "datasette", "fzf", "git", "jq", "sed", "sh", "sqlite3", "xargs", "zsh"}
)


class Step(NamedTuple):
    """One command, and what it is said to print."""

    command: str
    expected: str


class Snippet(NamedTuple):
    """One block that is run, with the files of its section."""

    page: str
    section: str
    number: int
    kind: str
    steps: tuple[Step, ...]
    files: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.page}: {self.section} {self.number}"

    @property
    def tools(self) -> frozenset[str]:
        """The programs that it cannot do without."""
        text = "\n".join([*(step.command for step in self.steps), *(body for _, body in self.files)])
        return TOOLS & set(re.findall(r"(?<![\w./-])[a-z0-9]+(?![\w.-])", text))


def snippets(page: Path) -> list[Snippet]:
    """All blocks of a page that are run. Raises ValueError for a block that nothing would run."""
    found: list[Snippet] = []
    section, unused = "", 0
    files: list[tuple[str, str]] = []
    blocks = list(_FENCE.finditer(page.read_text(encoding="utf-8")))
    for at, block in enumerate(blocks):
        if block["head"]:
            if unused:
                raise ValueError(f"{page.name}: nothing runs the files of '{section}'")
            section, files = block["head"].lstrip("# "), []
            continue
        kind, body = block["kind"], block["body"]
        if block["file"]:
            files.append((block["file"], body))
            unused += 1
            continue
        if kind == "text":
            if at == 0 or blocks[at - 1]["kind"] not in _COMMANDS:
                raise ValueError(f"{page.name}: nothing prints a text of '{section}'")
            continue
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        said = after["body"] if after is not None and after["kind"] == "text" and not after["file"] else ""
        found.append(Snippet(page.name, section, at, kind, _steps(kind, body, said), tuple(files)))
        unused = 0
    if unused:
        raise ValueError(f"{page.name}: nothing runs the files of '{section}'")
    return found


def _steps(kind: str, body: str, said: str) -> tuple[Step, ...]:
    if kind == "console":
        return console(body)
    commands = _COMMANDS[kind].findall(body)
    if not commands:
        raise ValueError(f"no command in {body}")
    plain = [command.replace("\\%", "%") if kind == "crontab" else command for command in commands]
    return tuple(Step(command, said if at == len(plain) - 1 else "") for at, command in enumerate(plain))


def console(body: str) -> tuple[Step, ...]:
    """The commands of a console block, each after `$ `; its further lines follow a backslash or begin with `> `."""
    found = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        lines = part.splitlines()
        taken = 1
        while lines[taken - 1].endswith("\\") or (taken < len(lines) and lines[taken].startswith("> ")):
            taken += 1
        command = [lines[0], *(line.removeprefix("> ") for line in lines[1:taken])]
        found.append(Step("\n".join(command), "\n".join(lines[taken:])))
    return tuple(found)


def words(command: str) -> list[str]:
    """The words of a command line, with what joins programs as words of their own; of a text after it, none."""
    line = command.replace("\\\n", " ").partition("\n")[0]
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)


def is_netj_alone(command: str) -> bool:
    """Whether a command is one `netj` and needs no shell, so that it can be run in this process."""
    line = command.replace("\\\n", " ")
    if not line.startswith("netj ") or re.search(r"[$`\n]", line):
        return False
    return not any(set(word) <= set("();<>|&") for word in words(line) if word)
