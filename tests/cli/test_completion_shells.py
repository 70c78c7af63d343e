"""Completion in the real shells, from a journal full of traps; a shell that is not installed is skipped."""

from __future__ import annotations

import os
import re
import select
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from completion_journal import PLAIN, fill

from netjournal.cli import expected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Netj

SCRIPTS = Path(expected.__file__).parent / "shells"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prepared") / "journal.db"
    fill(path)
    return path


@pytest.fixture
def journal(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(prepared, tmp_path / "journal.db"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_that_is_printed_evaluates_nothing(netj: Netj, shell: str) -> None:
    script = netj(["completion", shell]).ok.stdout
    assert script == (SCRIPTS / f"netj.{shell}").read_text(encoding="utf-8")
    code = "\n".join(line for line in script.splitlines() if not line.lstrip().startswith("#"))
    assert "netj _complete" in code
    # `compgen -W` and `_arguments` expand what they are given, as eval does.
    assert not re.search(r"\beval\b|compgen|_arguments|_describe|_values|\(e\)|\bsource\b", code)


def test_an_unknown_shell_is_refused_with_those_there_are(netj: Netj) -> None:
    code, out, err = netj("completion tcsh")
    assert (code, out) == (2, "")
    assert all(name in err for name in ("bash", "zsh", "fish"))


# --- the real shells


def _is_recent_bash() -> bool:
    """Whether there is a bash that shows its line to a key binding."""
    if shutil.which("bash") is None:
        return False
    said = subprocess.run(["bash", "-c", "echo ${BASH_VERSINFO[0]}"], capture_output=True, text=True, check=False)
    return int(said.stdout or 0) >= 4


bash = pytest.mark.skipif(not _is_recent_bash(), reason="bash 4 or newer is not installed here")
zsh = pytest.mark.skipif(shutil.which("zsh") is None, reason="zsh is not installed here")
fish = pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed here")


@pytest.fixture
def home(environment: dict[str, str], journal: Path, tmp_path: Path) -> Path:
    """An empty folder to stand in, and a `netj` that is this one."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "netj"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m netjournal "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    environment |= {
        "PATH": f"{folder}{os.pathsep}{environment['PATH']}",
        "HOME": str(home),
        "ZDOTDIR": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "HISTFILE": "",
    }
    return home


def nothing_was_run(home: Path) -> bool:
    return not list(home.parent.rglob("PWNED*"))


class Shell(NamedTuple):
    """How an interactive shell is started and made to show its line on Ctrl-G."""

    argv: list[str]
    setup: list[str]


BASH = Shell(
    ["bash", "--norc", "--noprofile", "-i"],
    [
        "source <(netj completion bash)",
        'bind "set bell-style none"; bind "set completion-query-items 0"; bind "set page-completions off"',
        r"""bind -x '"\C-g": printf "<<<%s>>>\n" "$READLINE_LINE"'""",
    ],
)
ZSH = Shell(
    ["zsh", "-f", "-i"],
    [
        "unsetopt beep; PS1='> '; LISTMAX=10000; autoload -Uz compinit; compinit -u -D",
        "source <(netj completion zsh)",
        'show() { print -r -- "<<<$BUFFER>>>" }; zle -N show; bindkey "^G" show; bindkey "^U" kill-whole-line',
    ],
)


class Terminal:
    """A shell in a pseudo-terminal."""

    def __init__(self, shell: Shell, home: Path, environment: dict[str, str]) -> None:
        import pty

        self.shell = shell
        self.fd, inside = pty.openpty()
        self.process = subprocess.Popen(
            shell.argv, stdin=inside, stdout=inside, stderr=inside, cwd=home, env=environment, start_new_session=True
        )
        os.close(inside)
        for line in [*shell.setup, "echo READ''Y"]:
            os.write(self.fd, line.encode() + b"\n")
        self.read_until(b"READY")

    def read_until(self, end: bytes) -> bytes:
        read = b""
        deadline = time.monotonic() + 20
        while end not in read:
            ready, _, _ = select.select([self.fd], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, f"the shell said only {read!r}"
            read += os.read(self.fd, 65536)
        return read

    def press(self, line: str, tabs: int = 1) -> tuple[str, bytes]:
        """Type a line and TAB; what the line is then, and all that the terminal was given."""
        os.write(self.fd, line.encode() + b"\t" * tabs + b"\x07")
        shown = self.read_until(b">>>")
        os.write(self.fd, b"\x15")
        found = re.search(rb"<<<(.*?)>>>", shown, re.DOTALL)
        assert found
        return found[1].decode(), shown

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.fd)


@pytest.fixture
def terminal(request: pytest.FixtureRequest, home: Path, environment: dict[str, str]) -> Iterator[Terminal]:
    opened = Terminal(request.param, home, environment)
    yield opened
    opened.close()


SHELLS = [
    pytest.param(BASH, marks=bash, id="bash"),
    pytest.param(ZSH, marks=zsh, id="zsh"),
]
PRESSED = {
    "netj lo": "netj log ",
    "netj obj sh": "netj obj show ",
    "netj contact show dana": "netj contact show dana-whitfield ",
    "netj log @dana": "netj log @dana-whitfield ",
    'netj log "coffee with @dana': 'netj log "coffee with @dana-whitfield" ',
    "netj log 'coffee with @dana": "netj log 'coffee with @dana-whitfield' ",
    r"netj log coffee\ with\ @dana": r"netj log coffee\ with\ @dana-whitfield ",
    "netj log +pl": "netj log +platform-role ",
    'netj log "talk #hi': 'netj log "talk #hiring" ',
    "netj due --for=pl": "netj due --for=platform-role ",
    "netj log -w group:tu": "netj log -w group:tuesday-circle ",
    "true && netj log @dana": "true && netj log @dana-whitfield ",
    "netj log --note zz": "netj log --note zz",
    "netj --db none.db log @dana": "netj --db none.db log @dana",
    "netj --db=none.db log @dana": "netj --db=none.db log @dana",
}


@pytest.mark.parametrize("terminal", SHELLS, indirect=True)
def test_a_shell_completes_what_is_typed(terminal: Terminal, home: Path) -> None:
    (home / "my-notes.txt").touch()
    assert {line: terminal.press(line)[0] for line in PRESSED} == PRESSED
    assert terminal.press("netj import my")[0] == "netj import my-notes.txt "
    assert nothing_was_run(home)


@pytest.mark.parametrize("terminal", SHELLS, indirect=True)
def test_a_shell_lists_hostile_names_and_runs_nothing(terminal: Terminal, home: Path) -> None:
    lists = ("log @trap", "log @", "log '", "log -o ", "log -t ", "log -w ", "log --done ", "amend ", "due --circle ")
    for line in lists:
        left, shown = terminal.press(f"netj {line}", tabs=3)
        assert "PWNED" not in left
        assert b"\x1b]0;" not in shown
        assert b"\x1b[2J" not in shown
    shown = terminal.press("netj log @trap", tabs=3)[1]
    assert b"trap-9" in shown
    # Bash shows no descriptions; where they are shown, traps are there to be read.
    assert (terminal.shell is ZSH) == (b"$(touch PWNED)" in shown)
    for line in ("netj contact show '$(touch PWNED)", "netj log @$", 'netj log "`', "netj log ;to"):
        terminal.press(line, tabs=1 if "netj log ;" in line else 2)
    assert nothing_was_run(home)


@bash
def test_bash_is_given_nothing_but_plain_words(home: Path, environment: dict[str, str]) -> None:
    script = r"""
    source <(netj completion bash)
    for COMP_LINE in 'netj log @' 'netj log -w ' 'netj log --circle ' 'netj log "x #' 'netj log `touch PWNED` @' \
            'netj log "$(touch PWNED) @tra' 'netj log -o '; do
        COMP_POINT=${#COMP_LINE}
        _netj netj "${COMP_LINE##*[ @#]}" x
        printf '%s\n' "${COMPREPLY[@]}"
    done
    """
    ended = subprocess.run(
        ["bash", "--norc", "-c", script], cwd=home, env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stderr == ""
    replies = ended.stdout.split()
    assert len(replies) > 60
    assert [text for text in replies if not PLAIN.fullmatch(text)] == []
    assert nothing_was_run(home)


@zsh
def test_zsh_follows_a_journal_named_before_the_command(home: Path, environment: dict[str, str]) -> None:
    terminal = Terminal(ZSH, home, environment)
    assert terminal.press("NETJ_DB=none.db netj log @dana")[0] == "NETJ_DB=none.db netj log @dana"
    assert (
        terminal.press("NETJ_DB=../journal.db netj log @dana")[0] == "NETJ_DB=../journal.db netj log @dana-whitfield "
    )
    terminal.close()


@zsh
def test_zsh_takes_the_script_from_its_folder_of_functions(home: Path, environment: dict[str, str], netj: Netj) -> None:
    folder = home / "functions"
    folder.mkdir()
    (folder / "_netj").write_text(netj("completion zsh").ok.stdout, encoding="utf-8")
    setup = [f"fpath=({folder} $fpath)", *(line for line in ZSH.setup if "source" not in line)]
    terminal = Terminal(Shell(ZSH.argv, setup), home, environment)
    # The first TAB loads the function.
    assert terminal.press("netj log @dana")[0] == "netj log @dana-whitfield "
    assert terminal.press("netj log @dana")[0] == "netj log @dana-whitfield "
    terminal.close()


@fish
def test_fish_completes_what_is_typed_and_runs_nothing(home: Path, environment: dict[str, str]) -> None:
    lines = {
        "netj lo": ["log"],
        "netj contact show dana": ["dana-whitfield"],
        "netj log @dana": ["@dana-whitfield"],
        'netj log "coffee with @dana': ["coffee with @dana-whitfield"],
        'netj log "$(touch PWNED) `touch PWNED` @dana': ["$(touch PWNED) `touch PWNED` @dana-whitfield"],
        "netj log x(touch PWNED) @dana": ["@dana-whitfield"],
        "netj due --for=pl": ["--for=platform-role"],
        "netj log -w group:tu": ["group:tuesday-circle"],
        "netj log --note zz": [],
        "netj --db none.db log @dana": [],
        "NETJ_DB=none.db netj log @dana": [],
        "NETJ_DB=../journal.db netj log @dana": ["@dana-whitfield"],
        "netj import ../jour": ["../journal.db"],
    }
    script = "netj completion fish | source\n" + "".join(
        f"echo '== {n}'\ncomplete -C {_fish(line)}\n" for n, line in enumerate([*lines, "netj log @trap"])
    )
    ended = subprocess.run(
        ["fish", "--no-config", "-c", script], cwd=home, env=environment, capture_output=True, text=True, check=True
    )
    parts = re.split(r"^== \d+\n", ended.stdout, flags=re.MULTILINE)[1:]
    found = [[text.partition("\t")[0] for text in part.splitlines()] for part in parts]
    assert dict(zip(lines, found, strict=False)) == lines
    assert len(found[-1]) > 5
    assert all(PLAIN.fullmatch(text) for text in found[-1])
    assert "\x1b" not in ended.stdout
    assert ended.stderr == ""
    assert nothing_was_run(home)


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
