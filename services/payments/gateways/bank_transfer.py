"""The customer's own bank: nobody is called, the customer is told where to pay, and with which reference.

36.04 EUR of col-1      action_required, "RF04MZQ22OWTPTZ2", to the bank account of `PUT /v1/direct-debits/creditor`

The money is found on the bank statement by its reference, which holds its own check digits. What has not come after
fourteen days is called off; money that comes later is booked all the same, as late.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.payments.gateways.contract import Access, Answer, Call, Charge, Example, Gateway, Notice, Webhook
from services.payments.references import creditor_reference_of
from shared.kernel.errors import Rejection

WAITS: Final = timedelta(days=14)


def instruct(charge: Charge, access: Access) -> Answer:
    """What the customer has to do. Without a bank account of the operator's, another day may do."""
    if access.pay_to is None:
        return Answer(outcome="failed", code="gateway_not_configured")
    reference = creditor_reference_of(charge.statement_key)
    return Answer(outcome="action_required", reference=reference, pay_to=access.pay_to)


def look_up(intent_id: str, reference: str, access: Access, now: datetime) -> Call | None:
    """No bank is asked; its statement tells."""
    return None


def read(status: int, body: bytes) -> Answer:
    return Answer(outcome="unknown")


def notices(webhook: Webhook, access: Access) -> Sequence[Notice]:
    raise Rejection("bad_signature", "a bank sends statements, no webhooks", status=401)


EXAMPLES: Final = (Example(status=200, body=b"", answer=Answer(outcome="unknown")),)
GATEWAY: Final = Gateway(
    name="bank_transfer",
    charge=instruct,
    look_up=look_up,
    read=read,
    notices=notices,
    examples=EXAMPLES,
    local=instruct,
    needs_token=False,
    waits=WAITS,
    repeatable=timedelta(days=365),
)
