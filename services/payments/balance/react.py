"""An account opened in rating can owe and pay from then on, in its currency and on its days."""

from __future__ import annotations

from collections.abc import Iterator

from services.payments.balance.messages import OpenPayer
from services.rating.account.messages import AccountOpened
from shared.kernel.decider import Do, View
from shared.kernel.envelope import Envelope


def react(event: AccountOpened, envelope: Envelope, view: View) -> Iterator[Do]:
    yield Do(OpenPayer(account_id=event.account_id, currency=event.currency, time_zone=event.cycle.time_zone))
