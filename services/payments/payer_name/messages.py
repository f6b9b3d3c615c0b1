"""What the customer of an account is called and where he lives, as rating says it: sealed, and only to tell whose money
has come in, and an agency whom it collects from.

AccountOpened, AccountDetailsChanged (rating)   -> NamePayer -> PayerNamed
"""

from __future__ import annotations

from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed


class NamePayer(Command, frozen=True, kw_only=True):
    """The customer is called so from now on. Decided in place."""

    account_id: str
    name: Sealed
    details: Sealed | None = None


class PayerNamed(Event, frozen=True, kw_only=True):
    """The customer of the account is called so from now on; `details` are his address and what else rating knows,
    sealed as one (shared/kernel/customer.py)."""

    account_id: str
    name: Sealed
    details: Sealed | None = None
