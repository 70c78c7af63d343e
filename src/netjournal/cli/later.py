"""Modules of the standard library that are imported around us and hardly ever looked into: loaded at the first look.

What `importlib.util.LazyLoader` is for; but up to Python 3.12 an `import` statement is itself a look into its modules.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any, Final

#: What Typer, `inspect` and `shutil` import by plain `import NAME`, each with the compiled part that it may lack.
PUT_OFF: Final = {
    "bz2": "_bz2",
    "fnmatch": "",
    "ipaddress": "",
    "linecache": "",
    "lzma": "_lzma",
    "subprocess": "",
    "textwrap": "",
    "tokenize": "",
}


class _Later(ModuleType):
    """A module that is loaded when something in it is asked for; from then on it is as any other."""

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        self.__class__ = ModuleType  # type: ignore[assignment]  # as LazyLoader does: it is no longer a special one
        try:
            spec.loader.exec_module(self)
        except BaseException:
            self.__class__ = _Later
            raise
        return getattr(self, name)


def put_off(modules: dict[str, str]) -> None:
    """Let these modules be loaded when they are looked into; those that are loaded, or cannot be, stay as they are."""
    for name, part in modules.items():
        # Whoever tries such a module and goes without must find that it is not there.
        if name in sys.modules or (part and find_spec(part) is None):
            continue
        spec = find_spec(name)
        if spec is not None and spec.loader is not None:
            module = module_from_spec(spec)
            module.__class__ = _Later
            sys.modules[name] = module
