"""Accounts with a limit or a wallet, how they stand, and what was told of them.

acc-1   prepaid    credit 20.00   unbilled 12.00   earmarked 2.00   available  6.00   ok
acc-2   postpaid   owed 40.00     unbilled 12.00   limit 50.00      available -2.00   over
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final, Literal

from services.payments.exposure.messages import (
    CreditLimitNear,
    CreditLimitReached,
    CreditRestrictionAsked,
    CreditSettingsChanged,
    CreditTermsChanged,
    ExposureMoved,
    PaymentModeChanged,
    UnbilledAsked,
    WalletBalanceLow,
)
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert
from shared.kernel.decimals import EXACT

Kind = Literal["low", "near", "reached"]


class ExposureRow(Row, frozen=True, kw_only=True):
    """An account as it stood when it was looked at last; amounts are `None` until all is known."""

    TABLE = "exposure_row"
    KEY = ("account_id",)

    account_id: str
    currency: str
    mode: str = "postpaid"
    mode_since: datetime | None = None
    credit_limit: Amount | None = None
    at_limit: str | None = None
    alerts: Jsonb | None = None
    earmark: Amount | None = None
    version: int = 0
    watched: bool = False
    owed: Amount | None = None
    credit: Amount | None = None
    unbilled: Amount | None = None
    earmarked: Amount | None = None
    exposure: Amount | None = None
    available: Amount | None = None
    standing: str = "ok"
    restricted: bool = False
    moved_at: datetime | None = None


class OfExposure(Columns, frozen=True, kw_only=True):
    TABLE = "exposure_row"
    KEY = ("account_id",)

    account_id: str


class Paying(OfExposure, Change, frozen=True, kw_only=True):
    mode: str
    mode_since: datetime


class WithTerms(OfExposure, Change, frozen=True, kw_only=True):
    credit_limit: Amount | None
    at_limit: str | None
    alerts: Jsonb | None
    earmark: Amount | None
    version: int


class Watched(OfExposure, Change, frozen=True, kw_only=True):
    watched: bool


class Stands(OfExposure, Change, frozen=True, kw_only=True):
    owed: Amount
    credit: Amount
    unbilled: Amount
    earmarked: Amount
    exposure: Amount
    available: Amount | None
    standing: str
    moved_at: datetime


class Restricted(OfExposure, Change, frozen=True, kw_only=True):
    restricted: bool


class CreditAlertRow(Row, frozen=True, kw_only=True):
    """Something was told of an account, once."""

    TABLE = "credit_alert_row"
    KEY = ("account_id", "seq")

    account_id: str
    seq: int
    currency: str
    kind: Kind
    available: Amount
    threshold: Amount | None = None
    recorded_at: datetime


class CreditSettingsRow(Row, frozen=True, kw_only=True):
    TABLE = "credit_settings_row"
    KEY = ("settings_id",)

    settings_id: str
    terms: Jsonb
    version: int
    changed_at: datetime
    changed_by: str | None


TABLES: Final = Tables(
    insert(ExposureRow, known="kept"),
    update(Paying),
    update(WithTerms),
    update(Watched),
    update(Stands),
    update(Restricted),
    insert(CreditAlertRow),
    upsert(CreditSettingsRow),
)

Known = PaymentModeChanged | CreditTermsChanged | UnbilledAsked
Moved = ExposureMoved | CreditRestrictionAsked
Alerted = WalletBalanceLow | CreditLimitNear | CreditLimitReached


def rows(applied: AppliedOf[Known | Moved | Alerted | CreditSettingsChanged]) -> Iterator[Columns]:
    event, at = applied.event, applied.envelope.recorded_at
    match event:
        case PaymentModeChanged() | CreditTermsChanged() | UnbilledAsked():
            yield from _known(event)
        case ExposureMoved():
            yield Stands.of(event, moved_at=at)
        case CreditRestrictionAsked():
            yield Restricted.of(event)
        case WalletBalanceLow() | CreditLimitNear():
            kind: Kind = "low" if isinstance(event, WalletBalanceLow) else "near"
            yield CreditAlertRow.of(event, seq=applied.envelope.seq, kind=kind, recorded_at=at)
        case CreditLimitReached():
            left = EXACT.subtract(event.credit_limit, event.exposure)
            told = {"seq": applied.envelope.seq, "kind": "reached", "available": left, "recorded_at": at}
            yield CreditAlertRow.of(event, **told)
        case CreditSettingsChanged():
            by = applied.envelope.actor
            yield CreditSettingsRow.of(event, terms=jsonb(event.terms), changed_at=at, changed_by=by)


def _known(event: Known) -> Iterator[Columns]:
    """The account has a row from the first of these on."""
    yield ExposureRow(account_id=event.account_id, currency=event.currency)
    match event:
        case PaymentModeChanged():
            yield Paying.of(event, mode_since=event.at)
        case CreditTermsChanged():
            terms = event.terms
            alerts = None if terms.alerts is None else jsonb(terms.alerts)
            yield WithTerms.of(terms, account_id=event.account_id, alerts=alerts, version=event.version)
        case UnbilledAsked() if event.watched is not None:
            yield Watched.of(event)
