"""What one watcher is told: of all that happens what he asks for, and what his role may see.

    Wanted.of(["invoicing.*", "payments.PaymentCaptured.v1"], ["acc-1"], role="billing")

Admin, billing and auditor may see that anything has happened; support, who reads everything about an account, that
something has happened to an account; whoever is held to legal entities, that it has to an account of theirs. A frame
has ids only, whoever reads it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import msgspec

from services.reporting.audit.api import AUDITORS
from services.reporting.webhook.filters import PATTERN_PATTERN, fits
from shared.engine.held import Held
from shared.http.problems import BadParameter
from shared.kernel.ids import ID_PATTERN

FILTERS_MAX: Final = 50
LENGTH_MAX: Final = 100
_PATTERN: Final = re.compile(PATTERN_PATTERN)
_ID: Final = re.compile(ID_PATTERN)


class Frame(NamedTuple):
    """An event as it goes out, and what decides to whom."""

    type: str
    account_id: str | None
    content: bytes
    legal_entity: str | None = None


class Wanted(msgspec.Struct, frozen=True):
    """No types and no accounts: all of them."""

    types: tuple[str, ...] = ()
    accounts: frozenset[str] = frozenset()
    of_accounts_only: bool = False
    held: Held | None = None

    @classmethod
    def of(
        cls, types: Sequence[str], accounts: Sequence[str], *, role: str, entities: frozenset[str] | None = None
    ) -> Wanted:
        """Raises `BadParameter` (422) for what is no type and no id, and for too many."""
        held = None if entities is None else Held(entities)
        types, accounts = _parts("types", types, _PATTERN), _parts("account_id", accounts, _ID)
        return cls(tuple(sorted(set(types))), frozenset(accounts), role not in AUDITORS, held)

    def admits(self, frame: Frame) -> bool:
        if self.accounts and frame.account_id not in self.accounts:
            return False
        if (self.of_accounts_only or self.held) and frame.account_id is None:
            return False
        if self.held is not None and not self.held.admits(frame.legal_entity):
            return False
        return not self.types or _fits_one(self.types, frame.type)


EVERYTHING: Final = Wanted()


# Some hundred types for each of some hundred questions.
@lru_cache(maxsize=50_000)
def _fits_one(patterns: tuple[str, ...], event_type: str) -> bool:
    return any(fits(pattern, event_type) for pattern in patterns)


def _parts(name: str, given: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    """Values that are repeated, or have commas between."""
    parts = [part for text in given for part in text.split(",", FILTERS_MAX + 1)]
    if len(parts) > FILTERS_MAX:
        raise BadParameter(name, f"at most {FILTERS_MAX} values; leave it out for all", code="out_of_bounds")
    for part in parts:
        if len(part) > LENGTH_MAX or not part or not pattern.fullmatch(part):
            raise BadParameter(name, "a type such as invoicing.InvoiceIssued.v1 or payments.*, and an account's id")
    return parts
