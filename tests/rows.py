"""A table of examples in one test: every row is tried, and each that fails is told.

Thousands of rows that are tests of their own take longer to hand out and to report than to try. Rows share the fixtures of
their test, so they suit what changes nothing, or takes back what it changed; others stay `pytest.mark.parametrize`.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Test = Callable[..., None]


def rows(names: str | tuple[str, ...], table: Iterable[Any]) -> Callable[[Test], Test]:
    """Try a test with every row of a table; as with parametrize, one name takes the row itself, several take it apart.

    Raises an ExceptionGroup of all failures, each with its row.
    """
    chosen = tuple(part.strip() for part in names.split(",")) if isinstance(names, str) else names
    values = list(table)
    assert values, "a table without a row proves nothing"

    def over(test: Test) -> Test:
        @functools.wraps(test)
        def tried(**fixtures: Any) -> None:
            failures: list[Exception] = []
            for value in values:
                row = dict(zip(chosen, (value,) if len(chosen) == 1 else value, strict=True))
                try:
                    test(**fixtures, **row)
                except Exception as failure:  # noqa: BLE001  # all of them are told
                    failure.add_note(f"in the row {row!r:.500}")
                    failures.append(failure)
            if failures:
                raise ExceptionGroup(f"{len(failures)} of {len(values)} rows", failures)

        signature = inspect.signature(test)
        kept = [parameter for name, parameter in signature.parameters.items() if name not in chosen]
        tried.__signature__ = signature.replace(parameters=kept)  # type: ignore[attr-defined]  # what pytest asks
        return tried

    return over
