"""Which legal entity an account is billed by, so that bookkeeping can tell whose money moves.

LegalEntityAssigned (invoicing)     -> NotePayerEntity("nl")     -> PayerEntityNoted
"""

from __future__ import annotations

from shared.kernel.message import Command, Event


class NotePayerEntity(Command, frozen=True, kw_only=True):
    """Invoicing has given the account to a legal entity; `None`: to the operator. Decided in place."""

    account_id: str
    legal_entity: str | None = None


class PayerEntityNoted(Event, frozen=True, kw_only=True):
    """From now on money of the account, but for what an invoice of another entity asks for, is this entity's."""

    account_id: str
    legal_entity: str | None = None
