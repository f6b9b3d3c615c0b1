"""Plug-ins are found by listing the folder they stand in; there is no list to edit.

    exported("services.rating.pricing", "MODEL", UsageModel)       # {"graduated": MODEL of graduated.py, ...}

A file's name is the word for what it exports. Folders below are what the files share, and no plug-ins.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

T = TypeVar("T")


def exported(package: str, name: str, *kinds: type[T]) -> Mapping[str, T]:
    """What each file of the package exports as `name`, by the file's word. Raises `TypeError` for one without it."""
    found: dict[str, T] = {}
    folder = importlib.import_module(package).__path__
    for module in sorted(pkgutil.iter_modules(folder), key=lambda module: module.name):
        if module.ispkg:
            continue
        plugin = getattr(importlib.import_module(f"{package}.{module.name}"), name, None)
        if not isinstance(plugin, kinds):
            raise TypeError(f"{package}.{module.name} has no {name}; every file of this folder exports one")
        found[module.name] = plugin
    return MappingProxyType(found)
