"""What is issued under a policy is watched, what is asked for goes to invoicing, the last payment settles interest.

InvoiceIssued, LateFeePolicyAssigned (invoicing)  -> WatchLateFees, FollowLateFeePolicy    decided in place
LateFeeRequested                                  -> AddLateFee                            to invoicing
nothing is open any more                          -> SettleInterest                        decided in place
something is open again that was paid             -> WatchLateFees                         decided in place
LateFeeRefused (invoicing)                        -> DropLateFee                           decided in place
"""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.bill_profile.messages import LateFeePolicyAssigned
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.late_fee.messages import AddLateFee, LateFeeRefused
from services.payments.balance.messages import CreditAllocated, PaymentAllocated, PaymentDeallocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.late_fee.messages import (
    DropLateFee,
    FollowLateFeePolicy,
    LateFeeRequested,
    SettleInterest,
    WatchLateFees,
)
from services.payments.late_fee.state import LateFeeWatches, PastWatch
from services.payments.write_off.messages import ReceivableWrittenOff, WriteOffRecovered
from shared.kernel.decider import Do, Send, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Lowered = PaymentAllocated | CreditAllocated | CreditNoteTaken | ReceivableWrittenOff
Raised = PaymentDeallocated | WriteOffRecovered
Followed = InvoiceIssued | LateFeePolicyAssigned | LateFeeRequested | LateFeeRefused | Lowered | Raised


def react(event: Followed, envelope: Envelope, view: View) -> Iterator[Do | Send]:
    match event:
        case InvoiceIssued(late_fee_policy=policy) if policy is not None:
            yield Do(WatchLateFees(account_id=event.account_id, invoice_id=event.invoice_id, policy=policy))
        case LateFeePolicyAssigned():
            yield Do(FollowLateFeePolicy(account_id=event.account_id, policy=event.policy))
        case LateFeeRequested():
            yield Send(AddLateFee(account_id=event.account_id, fee=event.fee), to="invoicing")
        case LateFeeRefused():
            yield Do(same_fields(DropLateFee, event))
        case ReceivableWrittenOff(rounding=False):
            return
        case PaymentDeallocated() | WriteOffRecovered():
            past = view.get(PastWatch, event.invoice_id)
            if past is not None and event.open == event.amount:
                yield Do(WatchLateFees(account_id=event.account_id, invoice_id=event.invoice_id, policy=past.policy))
        case PaymentAllocated() | CreditAllocated() | CreditNoteTaken() | ReceivableWrittenOff() if not event.open:
            held = view.get(LateFeeWatches, event.account_id)
            if held is not None and held.of(event.invoice_id) is not None:
                yield Do(SettleInterest(account_id=event.account_id, invoice_id=event.invoice_id))
