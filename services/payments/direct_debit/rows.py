"""Runs with where they stand, and their debits with what became of them.

run-1   CORE   2026-10-15   2 debits   72.08 EUR   submitted
dd-1    run-1  acc-1   INV-000042   36.04   FRST   returned AM04
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from services.payments.direct_debit.collecting import EURO
from services.payments.direct_debit.messages import (
    CreditorSet,
    DirectDebitBooked,
    DirectDebitCancelled,
    DirectDebitPlaced,
    DirectDebitRefused,
    DirectDebitReturned,
    DirectDebitRunBooked,
    DirectDebitRunCancelled,
    DirectDebitRunStarted,
    DirectDebitRunSubmitted,
)
from services.payments.direct_debit.state import DebitStatus, RunStatus
from services.payments.mandate.messages import MandateScheme
from services.payments.sepa.return_reasons import reason
from shared.engine.rows import Amount, Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import AppliedOf
from shared.engine.tables import Tables, insert, update, upsert


class CreditorRow(Row, frozen=True, kw_only=True):
    """Who collects."""

    TABLE = "creditor_row"
    KEY = ("creditor_key",)

    creditor_key: str
    name: str
    iban: str
    creditor_id: str
    bic: str


class DirectDebitRunRow(Row, frozen=True, kw_only=True):
    """A run, with the creditor as he was then."""

    TABLE = "direct_debit_run_row"
    KEY = ("run_id",)

    run_id: str
    scheme: MandateScheme
    collection_date: date
    debits: int
    currency: str = EURO
    total: Amount
    creditor: Jsonb
    status: RunStatus = "open"
    booked_on: date | None = None
    recorded_at: datetime


class DirectDebitRow(Row, frozen=True, kw_only=True):
    """A debit. `code` and `detail` say why it was refused, or has come back."""

    TABLE = "direct_debit_row"
    KEY = ("debit_id",)

    debit_id: str
    run_id: str
    account_id: str
    invoice_id: str
    number: str = ""
    mandate_id: str
    signed_on: date | None = None
    details: str = ""
    sequence: str = ""
    currency: str = EURO
    amount: Amount
    collection_date: date | None = None
    status: DebitStatus = "placed"
    booked_on: date | None = None
    returned_on: date | None = None
    code: str = ""
    detail: str = ""


class RunMoved(Change, frozen=True, kw_only=True):
    TABLE = "direct_debit_run_row"
    KEY = ("run_id",)

    run_id: str
    status: RunStatus
    booked_on: date | None = None


class OfDebitRow(Columns, frozen=True, kw_only=True):
    TABLE = "direct_debit_row"
    KEY = ("debit_id",)

    debit_id: str


class Booked(OfDebitRow, Change, frozen=True, kw_only=True):
    status: DebitStatus = "booked"
    booked_on: date


class Returned(OfDebitRow, Change, frozen=True, kw_only=True):
    status: DebitStatus = "returned"
    returned_on: date
    code: str
    detail: str


class Cancelled(OfDebitRow, Change, frozen=True, kw_only=True):
    status: DebitStatus = "cancelled"


TABLES: Final = Tables(
    *(upsert(CreditorRow), insert(DirectDebitRunRow), insert(DirectDebitRow), update(RunMoved)),
    *(update(Booked), update(Returned), update(Cancelled)),
)

Shown = (
    CreditorSet
    | DirectDebitRunStarted
    | DirectDebitRunSubmitted
    | DirectDebitRunBooked
    | DirectDebitRunCancelled
    | DirectDebitPlaced
    | DirectDebitRefused
    | DirectDebitBooked
    | DirectDebitReturned
    | DirectDebitCancelled
)
"""The events that these rows are made of."""


def rows(applied: AppliedOf[Shown]) -> Iterator[Columns]:
    """A debit is booked before it comes back, so a batch can be written kind by kind."""
    event = applied.event
    match event:
        case CreditorSet():
            yield CreditorRow.of(event.creditor, creditor_key=event.creditor_key)
        case DirectDebitRunStarted():
            at = applied.envelope.recorded_at
            yield DirectDebitRunRow.of(event, creditor=jsonb(event.creditor), recorded_at=at)
        case DirectDebitRunSubmitted():
            yield RunMoved(run_id=event.run_id, status="submitted")
        case DirectDebitRunBooked():
            yield RunMoved(run_id=event.run_id, status="booked", booked_on=event.booked_on)
        case DirectDebitRunCancelled():
            yield RunMoved(run_id=event.run_id, status="cancelled")
        case _:
            yield from _of_debit(event)


def _of_debit(
    event: DirectDebitPlaced | DirectDebitRefused | DirectDebitBooked | DirectDebitReturned | DirectDebitCancelled,
) -> Iterator[Columns]:
    match event:
        case DirectDebitPlaced():
            yield DirectDebitRow.of(event)
        case DirectDebitRefused():
            yield DirectDebitRow.of(event, status="refused")
        case DirectDebitBooked():
            yield Booked.of(event)
        case DirectDebitReturned():
            yield Returned.of(event, detail=reason(event.code))
        case DirectDebitCancelled():
            yield Cancelled.of(event)
