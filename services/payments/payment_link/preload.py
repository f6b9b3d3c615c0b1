"""Which states a message about a link will ask for."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.state import Payer
from services.payments.closed_account.state import ClosedAccount
from services.payments.payment_link.messages import MakePaymentLink, MakeTopUpLink
from services.payments.payment_link.state import PaymentLink
from services.payments.receivable.state import KnownInvoice
from services.payments.settings.messages import ONLY
from services.payments.settings.state import PaymentSettings
from shared.kernel.decider import Asked


def preload(message: MakePaymentLink | MakeTopUpLink) -> Iterator[Asked]:
    if isinstance(message, MakeTopUpLink):
        yield Payer, message.account_id
        yield ClosedAccount, message.account_id
        yield PaymentSettings, ONLY
        return
    yield KnownInvoice, message.invoice_id
    yield PaymentLink, message.invoice_id
