"""The messages of a service, found by listing its folders: a class stands in the `messages.py` of its aggregate, and
nothing else names it.

    EVENTS = events_of("services.payments")         # in services/payments/events.py
    EVENTS["payments.PayerOpened.v1"]

A class that others derive from says what they have in common, and is no message itself.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator
from pathlib import Path

from shared.kernel.message import Catalogue, Command, Event, M, catalogue


def events_of(package: str, *, besides: Collection[type[Event]] = ()) -> Catalogue[Event]:
    """Every event of the log of a service; `besides` are those that stand elsewhere."""
    found = [kind for kind in _messages(package, Event) if kind not in besides]
    return catalogue(_service(package), *found)


def commands_of(package: str) -> Catalogue[Command]:
    """Every command that a service takes."""
    return catalogue(_service(package), *_messages(package, Command))


def _service(package: str) -> str:
    return package.rpartition(".")[2]


def _messages(package: str, kind: type[M]) -> Iterator[type[M]]:
    for folder in importlib.import_module(package).__path__:
        for name in sorted(module.name for module in pkgutil.iter_modules([folder]) if module.ispkg):
            if not (Path(folder) / name / "messages.py").exists():
                continue
            module = importlib.import_module(f"{package}.{name}.messages")
            own = [value for value in vars(module).values() if getattr(value, "__module__", None) == module.__name__]
            yield from (k for k in own if isinstance(k, type) and issubclass(k, kind) and not k.__subclasses__())
