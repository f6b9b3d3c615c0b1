"""A customer is written to when his account is told of: once for each time that it is, and never twice of one moment.

WalletBalanceLow, CreditLimitNear, CreditLimitReached           -> WriteCreditNotice to invoicing
SpendThresholdReached (rating)                                  -> WriteCreditNotice to invoicing

Of an account that passes a threshold and its limit in the same moment only the limit is written. Nothing is written
unless the settings say so. The id of a notice is that of the event it follows from, so a repetition is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from services.invoicing.credit_notice.messages import NoticeKind, WriteCreditNotice
from services.payments.balance.state import Payer
from services.payments.exposure.messages import ONLY, CreditLimitNear, CreditLimitReached, WalletBalanceLow
from services.payments.exposure.state import CreditSettings, credit_settings
from services.rating.spend_alert.messages import SpendThresholdReached
from shared.kernel.calendar import local_date
from shared.kernel.decider import Send, State, View
from shared.kernel.decimals import EXACT
from shared.kernel.envelope import Envelope
from shared.kernel.ids import derive
from shared.kernel.same_fields import same_fields

Alerted = WalletBalanceLow | CreditLimitNear | CreditLimitReached | SpendThresholdReached
NOTHING = Decimal(0)


class Notice(NamedTuple):
    """What is written: how much is left, or was used, and what that had to come to."""

    kind: NoticeKind
    amount: Decimal
    threshold: Decimal


def react_alerted(event: Alerted, envelope: Envelope, view: View) -> Iterator[Send]:
    payer, notice = view.get(Payer, event.account_id), notice_of(event)
    if payer is None or notice is None or not credit_settings(view).terms.write_to_customers:
        return
    written_on = local_date(envelope.recorded_at, payer.time_zone)
    name = derive("credit-notice", envelope.service, envelope.partition, envelope.seq)
    told = {"notice_id": name, "written_on": written_on, **notice._asdict()}
    yield Send(same_fields(WriteCreditNotice, event, **told), to="invoicing")


def notice_of(event: Alerted) -> Notice | None:
    """`None` where another notice of the same moment says more."""
    match event:
        case WalletBalanceLow():
            return Notice("low", event.available, event.threshold) if event.available > 0 else None
        case CreditLimitNear():
            return Notice("near", event.available, event.threshold) if event.available >= 0 else None
        case CreditLimitReached():
            left = EXACT.subtract(event.credit_limit, event.exposure)
            return Notice("empty" if event.mode == "prepaid" else "over", left, event.credit_limit)
        case SpendThresholdReached():
            return Notice("spend", event.amount, event.threshold)


def preload_spent(message: SpendThresholdReached) -> Iterator[tuple[type[State], str]]:
    yield Payer, message.account_id
    yield CreditSettings, ONLY
