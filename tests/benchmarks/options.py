"""What the measuring programs are told, alike in all of them, and the folders they work in."""

from __future__ import annotations

import argparse
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


def parser(description: str, *, runs: int, sizes: str = "") -> argparse.ArgumentParser:
    """The options that all have; those of sizes where some are the default."""
    made = argparse.ArgumentParser(description=description)
    if sizes:
        made.add_argument(
            "--sizes", type=_sizes, default=_sizes(sizes), help="which of S, M, K and L, parted by commas"
        )
    made.add_argument("--runs", type=int, default=runs)
    made.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the journals here, or take those that are here")
    return made


def _sizes(text: str) -> list[str]:
    return [size.strip().upper() for size in text.split(",")]


@contextmanager
def folders(keep: Path | None) -> Iterator[tuple[Path, Path]]:
    """Where the journals are, and a folder that is gone afterwards: one, where nothing is kept."""
    with TemporaryDirectory() as name:
        temporary = Path(name)
        kept = keep or temporary
        kept.mkdir(parents=True, exist_ok=True)
        yield kept, temporary
