"""The zone of the system, for as long as a test needs another one."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


@contextmanager
def system_zone(monkeypatch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """Have the whole process live there."""
    try:
        with monkeypatch.context() as patched:
            patched.setenv("TZ", name)
            time.tzset()
            yield
    finally:
        time.tzset()
