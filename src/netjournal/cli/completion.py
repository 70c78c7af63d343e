"""`netj completion`."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

app = typer.Typer(add_completion=False)


@app.command("completion")
def completion_command(
    shell: Annotated[Literal["bash", "zsh", "fish"], typer.Argument(metavar="bash|zsh|fish")],
) -> None:
    """Completion for a shell.

    Prints a script that completes commands, options, handles, keys and numbers. Put it where the shell looks for
    such scripts, or load it when a shell starts: `source <(netj completion bash)` in ~/.bashrc, the same with zsh in
    ~/.zshrc after compinit, and `netj completion fish | source` in ~/.config/fish/config.fish.

    \b
    Examples:
      netj completion bash > ~/.local/share/bash-completion/completions/netj
      netj completion zsh > ~/.zfunc/_netj
      netj completion fish > ~/.config/fish/completions/netj.fish
    """
    from importlib import resources

    script = resources.files(__package__).joinpath("shells", f"netj.{shell}").read_text(encoding="utf-8")
    sys.stdout.write(script)
