"""Plug-ins, found by listing the folder they stand in: adding one is adding a file, and nothing else names it.

    plugins("services.invoicing.taxes", TaxKind)["account_rate"]

Each module of the package but `contract` makes exactly one object of the kind, which says its own name. What several of
them need stands in a package below it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType, ModuleType
from typing import Final, Protocol, TypeVar

CONTRACT: Final = "contract"
"""The module that says what a plug-in of the folder is."""


class Named(Protocol):
    @property
    def name(self) -> str: ...


P = TypeVar("P", bound=Named)


def plugins(package: str, kind: type[P]) -> Mapping[str, P]:
    """Every plug-in of the package by its name. Raises `TypeError` for a file that is none."""
    found: dict[str, P] = {}
    folder = importlib.import_module(package)
    for listed in sorted(pkgutil.iter_modules(folder.__path__), key=lambda module: module.name):
        if listed.name == CONTRACT or listed.ispkg:
            continue
        plugin = _only(importlib.import_module(f"{package}.{listed.name}"), kind)
        if plugin.name in found:
            raise TypeError(f"two files of {package} are called {plugin.name}")
        found[plugin.name] = plugin
    return MappingProxyType(found)


def _only(module: ModuleType, kind: type[P]) -> P:
    made = [value for value in vars(module).values() if isinstance(value, kind)]
    if len(made) != 1:
        raise TypeError(f"{module.__name__} makes {len(made)} of {kind.__name__}; a file of this folder makes one")
    return made[0]
