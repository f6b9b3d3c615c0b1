"""Whose an account is.

acc-1   nl
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.payments.payer_entity.messages import PayerEntityNoted
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


def rows(applied: AppliedOf[PayerEntityNoted]) -> Iterator[Columns]:
    yield AccountEntity.of(applied.event)
