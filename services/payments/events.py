"""Every event of payments, by the name it has in the log; the classes are in the aggregates' `messages.py`."""

from __future__ import annotations

from services.payments.balance import messages as balance
from services.payments.payment import messages as payment
from services.payments.receivable import messages as receivable
from shared.kernel.message import catalogue

EVENTS = catalogue(
    "payments",
    balance.PayerOpened,
    receivable.ReceivableOpened,
    payment.PaymentRecorded,
    balance.PaymentAllocated,
)
