"""How far a long reading is, on a terminal: one line on stderr that goes when it is done."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Bytes under which nobody waits long enough to ask.
_SHORT: Final = 4 << 20


@contextmanager
def progress(what: str, total: int, *, shown: bool) -> Iterator[Callable[[int], object] | None]:
    """What to tell each number of bytes that was read; None where nothing is shown.

    `total` is in bytes.
    """
    if not shown or total < _SHORT:
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True, refresh_per_second=5) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)
