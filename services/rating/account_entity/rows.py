"""Whose an account is.

acc-1   nl
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.rating.account.messages import AccountOpened
from services.rating.account_entity.messages import AccountEntityNoted
from shared.engine.rows import Columns, Row
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, upsert


class AccountEntity(Row, frozen=True, kw_only=True):
    """The legal entity that an account is billed by; `None` for the operator."""

    TABLE = "account_entity"
    KEY = ("account_id",)

    account_id: str
    legal_entity: str | None


TABLES: Final = Tables(upsert(AccountEntity))


def rows(applied: AppliedOf[AccountOpened | AccountEntityNoted]) -> Iterator[Columns]:
    event = applied.event
    if isinstance(event, AccountEntityNoted) or event.legal_entity is not None:
        yield AccountEntity.of(event)
