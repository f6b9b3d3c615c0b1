"""Debts that are handed to a collection agency, and taken back from it when nothing of them is to be collected.

DunningStepReached with collection   -> HandOverDebts     -> DebtHandedOver      what is overdue and not handed over yet
PaymentAllocated, DisputeOpened, …   -> ReviewHandovers   -> HandoverChanged     so much of it is left
                                                          -> HandoverWithdrawn   nothing is, or the account is exempt
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from shared.kernel.bounds import Checked
from shared.kernel.message import Command, Event

WhyWithdrawn = Literal["settled", "disputed", "exempted"]


class HandedPart(Checked, frozen=True, kw_only=True):
    """An invoice, and so much of it as is to be collected."""

    invoice_id: str
    number: str
    due_on: date
    amount: Decimal


class HandOverDebts(Command, frozen=True, kw_only=True):
    """Hand to the agency whatever is overdue, undisputed and not handed over. Decided in place."""

    account_id: str
    case_id: str
    agency: str


class ReviewHandovers(Command, frozen=True, kw_only=True):
    """See what is left of what was handed over. Decided in place."""

    account_id: str


class DebtHandedOver(Event, frozen=True, kw_only=True):
    """The agency collects `amount`, the sum of the parts; there are at most 200, more of them are another handover."""

    handover_id: str
    account_id: str
    case_id: str
    agency: str
    currency: str
    amount: Decimal
    parts: tuple[HandedPart, ...]
    handed_on: date


class HandoverChanged(Event, frozen=True, kw_only=True):
    """`amount` is left to collect, of these parts: something was paid, credited or disputed, or is owed again."""

    handover_id: str
    account_id: str
    agency: str
    currency: str
    amount: Decimal
    parts: tuple[HandedPart, ...]
    changed_on: date


class HandoverWithdrawn(Event, frozen=True, kw_only=True):
    """The agency has nothing to collect of it any more."""

    handover_id: str
    account_id: str
    agency: str
    currency: str
    reason: WhyWithdrawn
    withdrawn_on: date
