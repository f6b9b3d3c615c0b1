"""What callers say of payments."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool

from services.payments.payment.messages import RecordedAs
from shared.kernel.bodies import BillingDate, Body, IdText, PrintableText
from shared.kernel.money import MoneyBody

Method = Literal["card", "bank_transfer", "direct_debit", "cash", "cheque", "other"]
ExternalKeyText = Annotated[str, Field(min_length=1, max_length=255)]
Reason = Annotated[PrintableText, Field(min_length=1, max_length=500)]
Note = Annotated[PrintableText, Field(max_length=500)]
Code = Annotated[str, Field(strict=True, pattern=r"^[a-z][a-z0-9_]{0,63}$")]
"""A reason that is counted by: the operator's own words, in small letters."""


class PaymentBody(Body):
    """Money that came in, today at the latest. `invoice_id` is an invoice's id or the number that customers quote;
    without it the payment pays by the account's allocation, the invoices that are due first if nothing is said.

    `status`: one that is `pending` or `authorised` pays nothing before it succeeds; `received_on` is then the day on
    which it is expected.
    """

    id: IdText | None = None
    account_id: IdText
    amount: MoneyBody
    method: Method
    received_on: BillingDate
    external_key: ExternalKeyText | None = None
    invoice_id: IdText | None = None
    status: RecordedAs = "succeeded"


class SuccessBody(Body):
    """The day on which the money came; without it the one that was expected, today at the latest."""

    received_on: BillingDate | None = None


class FailureBody(Body):
    """Why it did not come. `hard`: paying so again will not do (the account is closed, the card stolen)."""

    reason_code: Code
    hard: StrictBool = False
    note: Note = ""


class CancelBody(Body):
    reason: Note = ""


class ReverseBody(Body):
    """Why it never was: recorded by mistake, or its debit was returned."""

    reason: Reason


class PartBody(Body):
    invoice_id: IdText
    amount: MoneyBody


class AllocationsBody(Body):
    """All that the payment pays from now on. What is not named is taken back; an empty list takes all back."""

    allocations: Annotated[list[PartBody], Field(max_length=1_000)]
