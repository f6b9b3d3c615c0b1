"""Notices of credit: what a customer is told when little is left, nothing is left, or he has used for so much.

WriteCreditNotice (payments)   -> CreditNoticeWritten, -> SendDocument    a delivery by each channel

Payments asks for one where its settings say that customers are written to, once for each time that a threshold is
passed. The words are the product's, in the customer's language (documents/paper/words), with the figures of then.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, Literal

from services.invoicing.invoice.printed import Seller
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed

CREDIT_NOTICE: Final[Literal["credit_notice"]] = "credit_notice"
"""The kind of document that a notice is for deliveries."""

NoticeKind = Literal["low", "near", "empty", "over", "spend"]
"""`low`: a wallet has come down to a threshold, `near`: a credit limit is near; `empty` and `over`: nothing is left of
them; `spend`: what was used in the period has come to a threshold."""


class WriteCreditNotice(Command, frozen=True, kw_only=True):
    """Tell the customer, as the account gets its documents. Once, however often asked.

    `amount` is what is left, of `spend` what was used; `threshold` is what that had to come to, of `over` the credit
    limit, of `empty` nothing.
    """

    notice_id: str
    account_id: str
    kind: NoticeKind
    amount: Decimal
    threshold: Decimal
    currency: Currency
    written_on: date


class CreditNoticeWritten(Event, frozen=True, kw_only=True):
    """The notice is to go out. `name` and `details` are the customer's, sealed, as they were then; `seller` is the
    legal entity that bills the account, and `legal_entity` its id; without one the operator writes."""

    notice_id: str
    account_id: str
    kind: NoticeKind
    amount: Decimal
    threshold: Decimal
    currency: Currency
    written_on: date
    name: Sealed
    details: Sealed | None = None
    seller: Seller | None = None
    legal_entity: str | None = None
