"""Statements and their entries, as the partition of their bank account knows them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from services.payments.bank_statement.messages import PairedBy
from shared.kernel.decider import State

StatementStatus = Literal["taking", "matching", "matched", "processing", "processed"]
EntryStatus = Literal["open", "booking", "booked", "ignored", "outgoing"]


class BankStatement(State, frozen=True, kw_only=True):
    """`next` is the place that it goes on at, until it has taken all its `entries`. Who is in one that is
    `forgotten` can't be read any more."""

    KEY_FIELD = "statement_id"

    statement_id: str
    bank_account: str
    entries: int
    next: int = 0
    status: StatementStatus = "taking"
    forgotten: bool = False


class BankEntry(State, frozen=True, kw_only=True):
    """A movement; `outgoing` is money that went out, which is no customer's payment. It was paired with an account and
    perhaps an invoice, by a match or a person."""

    KEY_FIELD = "entry_id"

    entry_id: str
    statement_id: str
    bank_account: str
    amount: Decimal
    currency: str
    booked_on: date
    status: EntryStatus = "open"
    account_id: str | None = None
    invoice_id: str | None = None
    paired_by: PairedBy | None = None
