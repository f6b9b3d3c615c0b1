"""Late fees: payments asks for them, the account's next draft has them as lines.

AddLateFee (payments)  -> LateFeeAdded, or LateFeeRefused
PeriodClosed (rating)  -> LateFeeBilled: a line of the draft, which is complete with it
WaiveLateFee           -> LateFeeWaived; what is issued is credited instead
InvoiceVoided          -> ForgoLateFees -> LateFeeWaived of the fees on it that are not issued
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from services.invoicing.late_fee_policy.messages import FeeKind
from shared.kernel.bounds import Checked, Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event

INVOICE_VOID: Final = "invoice_void"
"""Why a fee falls away whose invoice was made void."""

RefusedFor = Literal["invoice_void", "void_pending", "invoice_credited", "no_policy"]


class InterestSpan(Checked, frozen=True, kw_only=True):
    """Days from `start` until before `end` on which the same `base` was overdue; their interest is `amount`, before it
    is rounded, to 9 decimals."""

    start: date
    end: date
    base: Decimal
    amount: Decimal


class LateFeeAsked(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What is asked for, and all that explains it. `step` counts from 1; `spans` are days of interest.

    `base` was overdue, on the last day where it is interest. `capped`: the rest is above the policy's cap. With a
    `dunning_case` it is what a step of dunning costs, and `policy_id` names a dunning policy.
    """

    fee_id: str
    invoice_id: str
    number: str
    due_on: date
    step: Count
    kind: FeeKind
    amount: Decimal
    currency: Currency
    base: Decimal
    charged_on: date
    policy_id: str
    policy_version: Count
    flat: Decimal | None = None
    percent: Decimal | None = None
    annual_rate: Decimal | None = None
    days_in_year: str | None = None
    spans: tuple[InterestSpan, ...] = ()
    tax_class: str | None = None
    capped: bool = False
    dunning_case: str | None = None


class AddLateFee(Command, frozen=True, kw_only=True):
    """An invoice of the account is overdue: put the fee on its next draft. Once, however often it is asked for.

    Never refused as a command: `LateFeeRefused` tells payments why it is not added.
    """

    account_id: str
    fee: LateFeeAsked


class WaiveLateFee(Command, frozen=True, kw_only=True):
    """Let the customer off a fee that is not issued.

    Refused: `late_fee_not_found`, `late_fee_waived`, `late_fee_invoiced`.
    """

    account_id: str
    fee_id: str
    reason: str


class ForgoLateFees(Command, frozen=True, kw_only=True):
    """An invoice was made void: nobody was late with it. Fees on it that are not issued fall away. Decided in place."""

    account_id: str
    invoice_id: str
    number: str


class LateFeeAdded(Event, frozen=True, kw_only=True):
    """The fee waits for the account's next draft."""

    account_id: str
    fee: LateFeeAsked


class LateFeeRefused(Event, frozen=True, kw_only=True):
    """The fee is not added: its invoice claims less than payments knew, or the account has no policy any more."""

    account_id: str
    fee_id: str
    invoice_id: str
    amount: Decimal
    currency: Currency
    reason: RefusedFor
    dunning_case: str | None = None


class LateFeeBilled(Event, frozen=True, kw_only=True):
    """The fee is line `n` of draft `invoice_id`."""

    account_id: str
    fee_id: str
    invoice_id: str
    n: Count


class LateFeeWaived(Event, frozen=True, kw_only=True):
    """The customer is let off the fee. Where draft `invoice_id` has it, another line takes it back."""

    account_id: str
    fee_id: str
    reason: str
    invoice_id: str | None = None
