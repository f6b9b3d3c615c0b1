"""Runs and debits as the API shows them, and the queries that read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, get_args

import asyncpg
from pydantic import BaseModel

from services.payments.direct_debit.candidates import Candidate, total_of
from services.payments.direct_debit.collecting import EURO
from services.payments.direct_debit.rows import DirectDebitRow
from services.payments.direct_debit.state import DebitStatus, RunStatus
from services.payments.mandate.messages import MandateScheme
from services.payments.sepa.pain008 import Creditor
from shared.http.actions import ActionShape, action
from shared.http.api import Api
from shared.http.listing import Filter, Listing, Totals
from shared.http.money import money
from shared.http.pages import Page
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody

DEBIT: Final = RowShape(DirectDebitRow, hidden=("details",), renamed={"debit_id": "id"})
_COUNTED: Final = ("placed", "booked", "returned", "cancelled", "refused")


class CreditorShape(BaseModel):
    name: str
    iban: str
    creditor_id: str
    bic: str


class DirectDebitPlannedShape(BaseModel):
    """An invoice that a run would collect; `why_not` says what stands against it."""

    account_id: str
    invoice_id: str
    number: str
    mandate_id: str
    amount: MoneyBody
    due_on: date
    why_not: str | None


class DirectDebitPlanShape(BaseModel):
    """What a run would collect: the sum of those that nothing stands against, and the first 500 of all."""

    collection_date: date
    scheme: MandateScheme
    debits: int
    excluded: int
    total: MoneyBody
    items: list[DirectDebitPlannedShape]


class DirectDebitRunCounts(BaseModel):
    placed: int
    booked: int
    returned: int
    cancelled: int
    refused: int


class DirectDebitRunShape(BaseModel):
    """A run of `debits`. `collected` is the sum of what has not been refused, cancelled or sent back; `placing`: not
    all accounts have answered yet."""

    id: str
    scheme: MandateScheme
    collection_date: date
    debits: int
    total: MoneyBody
    collected: MoneyBody
    counts: DirectDebitRunCounts
    placing: bool
    status: RunStatus
    booked_on: date | None
    recorded_at: datetime
    allowed_actions: list[ActionShape]


class DirectDebitRunPage(Page):
    items: list[DirectDebitRunShape]


@DEBIT.model
class DirectDebitShape(BaseModel):
    """A debit. Its id is its payment's, and what the bank calls it. `code` and `detail` say why it was refused, or has
    come back."""

    allowed_actions: list[ActionShape]


class DirectDebitPage(Page):
    items: list[DirectDebitShape]


_RUN: Final = """
(select r.*, c.*, c.placed + c.booked + c.returned + c.cancelled + c.refused < r.debits as placing
   from direct_debit_run_row r cross join lateral (
    select count(*) filter (where status = 'placed') as placed, count(*) filter (where status = 'booked') as booked,
           count(*) filter (where status = 'returned') as returned,
           count(*) filter (where status = 'cancelled') as cancelled,
           count(*) filter (where status = 'refused') as refused,
           coalesce(sum(amount) filter (where status in ('placed', 'booked')), 0) as collected
      from direct_debit_row d where d.run_id = r.run_id) c) as run
"""
RUNS: Final = Listing(
    source=_RUN,
    filters={
        "status": Filter("status", one_of=get_args(RunStatus)),
        "scheme": Filter("scheme", one_of=get_args(MandateScheme)),
        "from": Filter("collection_date", op=">=", kind="date"),
        "to": Filter("collection_date", op="<=", kind="date"),
    },
    sorts={"collection_date": "collection_date", "recorded_at": "recorded_at"},
    default_sort="-collection_date",
    tiebreak="run_id",
    totals=Totals(sums={"amount": "total", "collected": "collected"}),
)
DEBITS: Final = Listing(
    source="direct_debit_row",
    columns=DEBIT.columns,
    filters={
        "status": Filter("status", one_of=get_args(DebitStatus)),
        "account_id": Filter("account_id"),
        "invoice_id": Filter("invoice_id"),
        "code": Filter("code"),
    },
    sorts={"amount": "amount"},
    tiebreak="debit_id",
    totals=Totals(sums={"amount": "amount"}),
)


async def read_creditor(api: Api) -> Creditor:
    """Raises `Rejection`: `no_creditor`."""
    row: asyncpg.Record | None = await api.db.fetchrow("select name, iban, creditor_id, bic from creditor_row")
    if row is None:
        raise Rejection("no_creditor", "say who collects first: PUT /v1/direct-debits/creditor", status=409)
    return Creditor(**row)


async def read_run(api: Api, run_id: str) -> asyncpg.Record:
    row: asyncpg.Record | None = await api.db.fetchrow(f"select * from {_RUN} where run_id = $1", run_id)
    if row is None:
        raise not_found("run", run_id)
    return row


def plan_shape(found: Sequence[Candidate], day: date, scheme: MandateScheme) -> dict[str, Any]:
    taken = [one for one in found if one.why_not is None]
    return {
        "collection_date": day,
        "scheme": scheme,
        "debits": len(taken),
        "excluded": len(found) - len(taken),
        "total": money(total_of(taken), EURO),
        "items": [_planned(one) for one in found[:500]],
    }


def _planned(one: Candidate) -> dict[str, Any]:
    shown = ("account_id", "invoice_id", "number", "mandate_id", "due_on", "why_not")
    return {**{name: getattr(one, name) for name in shown}, "amount": money(one.amount, EURO)}


def run_shape(row: asyncpg.Record) -> dict[str, Any]:
    placing = "its debits are still being placed" if row["placing"] else None
    over = None if row["status"] == "open" else f"it is {row['status']}"
    book = None if row["status"] == "submitted" else "only a run that the bank has is booked"
    reasons = {"file": placing, "submit": placing or over, "book": book, "cancel": placing or over}
    shown = ("scheme", "collection_date", "debits", "placing", "status", "booked_on", "recorded_at")
    return {
        "id": row["run_id"],
        **{name: row[name] for name in shown},
        "total": money(row["total"], row["currency"]),
        "collected": money(row["collected"], row["currency"]),
        "counts": {name: row[name] for name in _COUNTED},
        "allowed_actions": [action(name, why_not=why) for name, why in reasons.items()],
    }


def debit_shape(row: asyncpg.Record) -> dict[str, Any]:
    over = None if row["status"] in ("placed", "booked") else f"it is {row['status']}"
    return {**DEBIT.values(row), "allowed_actions": [action("return", why_not=over)]}
