"""Direct debits: runs over due invoices, and each debit from asking for it until it is booked or has come back.

SetCreditor                   -> CreditorSet                  once, by the operator
StartDirectDebitRun           -> DirectDebitRunStarted
AskDebits(items=[...])        -> DirectDebitsAsked            and PlaceDebit to each account
PlaceDebit (the account's)    -> DirectDebitPlaced, PaymentRecorded pending, or DirectDebitRefused
SubmitRun, BookRun            -> DirectDebitRunSubmitted, DirectDebitRunBooked
CancelRun                     -> DirectDebitRunCancelled
BookDebit (the account's)     -> DirectDebitBooked
ReturnDebit, CancelDebit      -> DirectDebitReturned, DirectDebitCancelled

A run lives in a partition of its own, its debits in those of their accounts. A debit's id is its payment's and the
end-to-end id that the banks know it by.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

from services.payments.mandate.messages import MandateScheme
from services.payments.sepa.pain008 import Creditor, SequenceType
from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message
from shared.kernel.sealed import Sealed

ONLY: Final = "creditor"
"""There is one of them."""


class DebitItem(Checked, frozen=True, kw_only=True):
    """So much of an invoice is to be collected by a mandate."""

    debit_id: str
    account_id: str
    invoice_id: str
    mandate_id: str
    amount: Decimal


class OfCreditor(Message, frozen=True, kw_only=True):
    REFERENCE: ClassVar[bool] = True
    KEY_FIELD: ClassVar[str] = "creditor_key"

    creditor_key: str


class SetCreditor(OfCreditor, Command, frozen=True, kw_only=True):
    """Who collects, from now on."""

    creditor: Creditor


class CreditorSet(OfCreditor, Event, frozen=True, kw_only=True):
    creditor: Creditor


class OfRun(Command, frozen=True, kw_only=True):
    KEY_FIELD = "run_id"

    run_id: str


class StartDirectDebitRun(OfRun, frozen=True, kw_only=True):
    """Collect from `debits` accounts and invoices on one day. Refused: `run_exists`."""

    creditor: Creditor
    scheme: MandateScheme
    collection_date: date
    debits: Count
    total: Decimal


class AskDebits(OfRun, frozen=True, kw_only=True):
    """Those from place `first` on. Refused: `run_not_found`, `out_of_order`."""

    first: Count
    items: list[DebitItem]


class SubmitRun(OfRun, frozen=True, kw_only=True):
    """Its file was given to the bank. Refused: `run_not_found`, `run_over`."""


class BookRun(OfRun, frozen=True, kw_only=True):
    """The bank has booked it: what has not come back is paid. Refused: `run_not_found`, `run_not_submitted`."""

    booked_on: date


class CancelRun(OfRun, frozen=True, kw_only=True):
    """Its file was not given to the bank, and will not be. Refused: `run_not_found`, `run_over`."""


class PlaceDebit(Command, frozen=True, kw_only=True):
    """In the account's partition: collect an invoice. Never refused: `DirectDebitRefused` says why not."""

    account_id: str
    run_id: str
    debit_id: str
    invoice_id: str
    mandate_id: str
    amount: Decimal
    scheme: MandateScheme
    collection_date: date


class OfDebit(Command, frozen=True, kw_only=True):
    account_id: str
    debit_id: str


class BookDebit(OfDebit, frozen=True, kw_only=True):
    """The money is here. One that has come back, or was booked, stays as it is. Refused: `debit_not_found`."""

    booked_on: date


class ReturnDebit(OfDebit, frozen=True, kw_only=True):
    """The debtor's bank has sent it back, before or after it was booked; once. Refused: `debit_not_found`."""

    code: str


class CancelDebit(OfDebit, frozen=True, kw_only=True):
    """It will never be collected. Refused: `debit_not_found`."""


class DirectDebitRunStarted(Event, frozen=True, kw_only=True):
    KEY_FIELD = "run_id"

    run_id: str
    creditor: Creditor
    scheme: MandateScheme
    collection_date: date
    debits: Count
    total: Decimal


class DirectDebitsAsked(Event, frozen=True, kw_only=True):
    """Each account is asked to have its invoice collected. `next` is the place that the run goes on at."""

    KEY_FIELD = "run_id"

    run_id: str
    next: Count
    scheme: MandateScheme
    collection_date: date
    items: list[DebitItem]


class DirectDebitRunSubmitted(Event, frozen=True, kw_only=True):
    KEY_FIELD = "run_id"

    run_id: str


class DirectDebitRunBooked(Event, frozen=True, kw_only=True):
    KEY_FIELD = "run_id"

    run_id: str
    booked_on: date


class DirectDebitRunCancelled(Event, frozen=True, kw_only=True):
    KEY_FIELD = "run_id"

    run_id: str


class DirectDebitPlaced(Event, frozen=True, kw_only=True):
    """The invoice is being collected: `amount` on `collection_date`, by what the mandate and the bank account were."""

    account_id: str
    run_id: str
    debit_id: str
    invoice_id: str
    number: str
    mandate_id: str
    signed_on: date
    method_id: str
    details: Sealed
    sequence: SequenceType
    amount: Decimal
    currency: str
    collection_date: date


class DirectDebitRefused(Event, frozen=True, kw_only=True):
    """The invoice is not collected by this run: `code` and `detail` say why."""

    account_id: str
    run_id: str
    debit_id: str
    invoice_id: str
    mandate_id: str
    amount: Decimal
    code: str
    detail: str


class DirectDebitBooked(Event, frozen=True, kw_only=True):
    """The money is here, since `booked_on`."""

    account_id: str
    debit_id: str
    run_id: str
    mandate_id: str
    booked_on: date


class DirectDebitReturned(Event, frozen=True, kw_only=True):
    """It has come back, for the reason `code`. `hard`: the same mandate will not do another time."""

    account_id: str
    debit_id: str
    run_id: str
    mandate_id: str
    code: str
    hard: bool
    returned_on: date


class DirectDebitCancelled(Event, frozen=True, kw_only=True):
    """It was never given to the bank."""

    account_id: str
    debit_id: str
    run_id: str
    mandate_id: str
