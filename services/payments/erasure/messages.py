"""The personal data of a closed account is erased: the keys under which its names and addresses are sealed.

ErasePersonalData(account_id="acc-1", reason="asked", documents_until=2037-01-01)  -> PersonalDataErased
NotePersonalKeys(account_id="acc-1", keys="profile")                               -> PersonalKeysDestroyed

Payments decides, as the last to know what is owed. The event asks; a process of payments destroys the keys, as often as
it must, and says so.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from shared.kernel.message import Command, Event

ErasureReason = Literal["asked", "no_longer_needed", "opened_by_mistake", "authority"]
"""`asked`: by the person. `authority`: a court or a data protection authority said so."""
Keys = Literal["profile", "documents"]


class ErasePersonalData(Command, frozen=True, kw_only=True):
    """`documents_until`: from which day on the law does not want its documents kept, `None` where it has none.
    `despite_debts`: although it owes money, or has some."""

    account_id: str
    reason: ErasureReason
    documents_until: date | None = None
    despite_debts: bool = False


class NotePersonalKeys(Command, frozen=True, kw_only=True):
    """The keys are gone."""

    account_id: str
    keys: Keys


class PersonalDataErased(Event, frozen=True, kw_only=True):
    """Whoever keeps a copy of this account's names and addresses is to delete it. Documents that were issued name their
    customer until `documents_until`, and from then on nobody; `None`: from now on."""

    account_id: str
    reason: ErasureReason
    documents_until: date | None = None
    despite_debts: bool = False


class PersonalKeysDestroyed(Event, frozen=True, kw_only=True):
    """Nothing that was sealed under these keys can be read again, in no copy of the log and no backup of the tables."""

    account_id: str
    keys: Keys
