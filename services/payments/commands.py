"""Every command of payments, by its name; the classes are in the aggregates' `messages.py`.

`RecordPayment` comes from people and scripts, the others are decided in place when rating and invoicing report.
"""

from __future__ import annotations

from services.payments.balance import messages as balance
from services.payments.payment import messages as payment
from services.payments.receivable import messages as receivable
from shared.kernel.message import catalogue

COMMANDS = catalogue("payments", balance.OpenPayer, receivable.OpenReceivable, payment.RecordPayment)
