"""An invoice that is void has nothing to dispute: what is on hold of it is let go, and nothing is credited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from services.payments.dispute.messages import ResolveDispute
from services.payments.dispute.state import Dispute
from services.payments.receivable.messages import ReceivableWithdrawn
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope

VOID: Final = "the invoice is void"


def react(event: ReceivableWithdrawn, envelope: Envelope, view: View) -> Iterator[Do]:
    if view.get(Dispute, event.invoice_id) is not None:
        account_id, invoice_id = event.account_id, event.invoice_id
        yield Do(ResolveDispute(account_id=account_id, invoice_id=invoice_id, outcome="rejected", note=VOID))
