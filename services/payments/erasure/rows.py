"""Accounts that are erased.

acc-1   asked   documents until 2037-01-01   by user:u1   profile destroyed 10:04:00
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.closed_account.messages import AccountClosingNoted
from services.payments.erasure.messages import PersonalDataErased, PersonalKeysDestroyed
from shared.engine.rows import Change, Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert


class ClosingRow(Row, frozen=True, kw_only=True):
    TABLE = "account_closing_row"
    KEY = ("account_id",)

    account_id: str
    closed: bool


class ErasureRow(Row, frozen=True, kw_only=True):
    TABLE = "erasure_row"
    KEY = ("account_id",)

    account_id: str
    reason: str
    despite_debts: bool
    documents_until: date | None
    asked_by: str | None
    erased_at: datetime
    profile_destroyed_at: datetime | None = None
    documents_destroyed_at: datetime | None = None


class ProfileDestroyed(Change, frozen=True, kw_only=True):
    TABLE = "erasure_row"
    KEY = ("account_id",)

    account_id: str
    profile_destroyed_at: datetime


class DocumentsDestroyed(Change, frozen=True, kw_only=True):
    TABLE = "erasure_row"
    KEY = ("account_id",)

    account_id: str
    documents_destroyed_at: datetime


TABLES: Final = Tables(upsert(ClosingRow), insert(ErasureRow), update(ProfileDestroyed), update(DocumentsDestroyed))


def rows(applied: AppliedOf[AccountClosingNoted | PersonalDataErased | PersonalKeysDestroyed]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case AccountClosingNoted():
            yield ClosingRow.of(event)
        case PersonalDataErased():
            yield ErasureRow.of(event, asked_by=applied.envelope.actor, erased_at=at)
        case PersonalKeysDestroyed(keys="profile"):
            yield ProfileDestroyed(account_id=event.account_id, profile_destroyed_at=at)
        case PersonalKeysDestroyed():
            yield DocumentsDestroyed(account_id=event.account_id, documents_destroyed_at=at)
