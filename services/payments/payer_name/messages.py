"""What the customer of an account is called, as rating says it: sealed, and only to tell whose money has come in.

AccountOpened, AccountDetailsChanged (rating)   -> NamePayer -> PayerNamed
"""

from __future__ import annotations

from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed


class NamePayer(Command, frozen=True, kw_only=True):
    """The customer is called so from now on. Decided in place."""

    account_id: str
    name: Sealed


class PayerNamed(Event, frozen=True, kw_only=True):
    """The customer of the account is called so from now on."""

    account_id: str
    name: Sealed
