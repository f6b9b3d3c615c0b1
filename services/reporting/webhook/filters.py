"""Which events an endpoint asks for: types as they are in the log, or the beginning of some with a `*` behind it.

    wanted(("invoicing.InvoiceIssued.v1", "payments.*"))    -> the types of the catalogues that one of them fits

What is told is what the audit trail indexes: events in batches (usage as it is recorded and rated) are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final

from services.invoicing import events as invoicing
from services.payments import events as payments
from services.rating import events as rating
from services.usage import events as usage
from shared.kernel.errors import Rejection

PATTERNS_MAX: Final = 100
PATTERN_PATTERN: Final = r"^([A-Za-z][A-Za-z0-9]*([.][A-Za-z][A-Za-z0-9]*){0,2}[.]?)?[*]?$"

_CATALOGUES: Final = (usage.EVENTS, rating.EVENTS, invoicing.EVENTS, payments.EVENTS)


@cache
def event_types() -> tuple[str, ...]:
    """Every type that can be asked for, by name."""
    return tuple(sorted(name for known in _CATALOGUES for name, kind in known.items() if not kind.HOT))


def fits(pattern: str, event_type: str) -> bool:
    """Whether a type is one that the pattern names.

    >>> fits("payments.*", "payments.PaymentReceived.v1"), fits("payments.Pay", "payments.PaymentReceived.v1")
    (True, False)
    """
    return event_type.startswith(pattern[:-1]) if pattern.endswith("*") else event_type == pattern


def wanted(patterns: Iterable[str]) -> frozenset[str]:
    """The known types that one of them fits."""
    return frozenset(name for pattern in patterns for name in _named(pattern))


@lru_cache(maxsize=10_000)
def _named(pattern: str) -> tuple[str, ...]:
    return tuple(name for name in event_types() if fits(pattern, name))


def check_patterns(patterns: Iterable[str], *, pointer: str = "/events") -> None:
    """Raises `Rejection` for one that names nothing, so that nobody waits for what never comes."""
    for n, pattern in enumerate(patterns):
        check_pattern(pattern, pointer=f"{pointer}/{n}")


def check_pattern(pattern: str, *, pointer: str) -> None:
    """Raises `Rejection` (422 `unknown_event_type`)."""
    if not _named(pattern):
        detail = f"{pattern!r} names no event; GET /v1/webhook-event-types lists them, and payments.* are several"
        raise Rejection("unknown_event_type", detail, pointer=pointer)
