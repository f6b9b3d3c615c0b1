"""Whatever lowers what an account owes may keep its promise: looked at in place."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.messages import CreditAllocated, PaymentAllocated
from services.payments.credit_note.messages import CreditNoteTaken
from services.payments.promise.messages import ReviewPromise
from services.payments.promise.state import OpenPromise
from services.payments.receivable.messages import ReceivableWithdrawn
from services.payments.write_off.messages import ReceivableWrittenOff
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.same_fields import same_fields

Lowered = PaymentAllocated | CreditAllocated | CreditNoteTaken | ReceivableWithdrawn | ReceivableWrittenOff


def react(event: Lowered, envelope: Envelope, view: View) -> Iterator[Do]:
    promise = view.get(OpenPromise, event.account_id)
    if promise is not None and promise.is_kept:
        yield Do(same_fields(ReviewPromise, promise))
