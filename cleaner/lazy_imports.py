"""Packages that import what they offer when it is asked for (PEP 562).

Importing all of this program takes a third of a second; no command needs it all.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any


def offering(
    package: str, names: Mapping[str, Sequence[str]], *, whole: Sequence[str] = ()
) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package that offers names out of its modules, and ``whole`` modules.

    >>> offering("cleaner", {"version": ["__version__"]})("missing")
    Traceback (most recent call last):
    AttributeError: module 'cleaner' has no attribute 'missing'
    """
    modules = {name: module for module, offered in names.items() for name in offered}

    def get(name: str) -> Any:
        if name in whole:
            return import_module(f"{package}.{name}")
        if name not in modules:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{modules[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get
