"""What a draft is below zero and no invoice of the account has left to credit is granted as credit, in one partition.

DraftCredited(total=-70.00, credit_notes=["cn-1"], left=10.00)   ->   GrantCredit 10.00
"""

from __future__ import annotations

from collections.abc import Iterator

from services.invoicing.draft_credit.messages import DraftCredited
from services.payments.granted_credit.messages import GrantCredit
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope
from shared.kernel.ids import derive
from shared.kernel.money import Money


def react(event: DraftCredited, envelope: Envelope, view: View) -> Iterator[Do]:
    if event.left > 0:
        yield Do(
            GrantCredit(
                credit_id=derive("draft-credit", event.invoice_id),
                account_id=event.account_id,
                amount=Money(event.left, event.currency),
                reason="other",
                note=event.note,
            )
        )
