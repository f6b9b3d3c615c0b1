"""By which legal entity an account is billed, so that whoever is held to entities is shown their accounts here, too.

LegalEntityAssigned (invoicing)     -> NoteAccountEntity("nl")     -> AccountEntityNoted
"""

from __future__ import annotations

from shared.kernel.message import Command, Event


class NoteAccountEntity(Command, frozen=True, kw_only=True):
    """Invoicing has given the account to a legal entity; `None`: to the operator. Never refused."""

    account_id: str
    legal_entity: str | None = None


class AccountEntityNoted(Event, frozen=True, kw_only=True):
    """The account is this legal entity's from now on; nothing is priced or counted otherwise for it."""

    account_id: str
    legal_entity: str | None = None
