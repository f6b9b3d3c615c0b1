"""Which messages a function takes: what its first parameter says.

    def react(event: InvoiceIssued | InvoiceVoided, ...)                 these two; of a base class those below it
    def rows(applied: AppliedOf[InvoiceIssued | InvoiceVoided])          likewise
    def rows(applied: Applied)                                           any event

A function that writes rows is asked about nothing else: a batch has thousands of events, and a service twenty such
functions.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from shared.engine.service import AppliedOf
from shared.kernel.message import Event


def kinds_of(hint: Any) -> tuple[Any, ...]:
    """The classes that a hint names."""
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def leaves(kind: type) -> Iterator[type]:
    """A class that none derives from, or those at the end of all that derive from it."""
    below: list[type] = kind.__subclasses__()
    yield from (leaf for derived in below for leaf in leaves(derived)) if below else (kind,)


class _Everything:
    """Any class of events is in it."""

    def __contains__(self, kind: object) -> bool:
        return True


EVERYTHING: Final = _Everything()


def rows_of(write: Callable[[AppliedOf[Any]], Iterable[Any]]) -> Container[type]:
    """The classes of events that a function writes rows of. Raises `TypeError` where its body names another."""
    named, hint = next(iter(get_type_hints(write).items()))
    where = f"{write.__module__}.{write.__qualname__}"
    if get_origin(hint) is not AppliedOf:
        raise TypeError(f"{where}: `{named}` has to be an `Applied`, or an `AppliedOf` the events that it takes")
    (events,) = get_args(hint)
    if events is Any:
        return EVERYTHING
    found = frozenset(leaf for kind in kinds_of(events) for leaf in leaves(kind))
    if forgotten := sorted(kind.__name__ for kind in _named_in(write) - found):
        raise TypeError(f"{where} writes rows of {', '.join(forgotten)}: say so of `{named}`, or it is never asked")
    return found


def _named_in(write: Callable[..., Any]) -> frozenset[type]:
    """The classes of events that its body compares with."""
    code, known = getattr(write, "__code__", None), getattr(write, "__globals__", {})
    hints = [known.get(name) for name in code.co_names] if code is not None else []
    kinds = [kind for hint in hints for kind in kinds_of(hint) if isinstance(kind, type) and issubclass(kind, Event)]
    return frozenset(leaf for kind in kinds for leaf in leaves(kind))
