"""The operator's settings for payments, one row; what an account has of its own is in `payer_row`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from services.payments.settings.messages import AllocationSet, PaymentSettingsChanged
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, update, upsert


class SettingsRow(Row, frozen=True, kw_only=True):
    TABLE = "payment_settings_row"
    KEY = ("settings_id",)

    settings_id: str
    terms: Jsonb
    version: int
    changed_at: datetime
    changed_by: str | None


class AllocatedSo(Change, frozen=True, kw_only=True):
    """How payments of an account are allocated."""

    TABLE = "payer_row"
    KEY = ("account_id",)

    account_id: str
    allocation: str | None


TABLES: Final = Tables(upsert(SettingsRow), update(AllocatedSo))


def rows(applied: AppliedOf[PaymentSettingsChanged | AllocationSet]) -> Iterator[Columns]:
    event, envelope = applied.event, applied.envelope
    match event:
        case PaymentSettingsChanged():
            by, at = envelope.actor, envelope.recorded_at
            yield SettingsRow.of(event, terms=jsonb(event.terms), changed_at=at, changed_by=by)
        case AllocationSet():
            yield AllocatedSo.of(event)
