"""Who owes money: an account with its billing calendar.

OpenAccount(account_id="acc-1", name=<sealed>, currency="EUR", cycle_id="monthly", tax_rate=Decimal(20))
-> AccountOpened, with the terms of the cycle: what it says holds for good
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from services.rating.billing_cycle.messages import CycleTerms
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.sealed import Sealed

GRACE_OF_OLD_S: Final = 3600


class OpenAccount(Command, frozen=True, kw_only=True):
    """Open an account. `tax_rate` in percent, 0 to 100; `details` are sealed `CustomerDetails`.

    `collection_grace_s`: what the deployment has set; for good, whatever it sets later.

    Refused: `account_exists`, `cycle_not_found`.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle_id: str
    tax_rate: Decimal
    details: Sealed | None = None
    collection_grace_s: Count | None = None

    @property
    def key(self) -> str:
        return self.account_id


class AccountOpened(Event, frozen=True, kw_only=True):
    """An account with the settings that invoicing and payments take over from here. `tax_rate` in percent.

    `details`: address, tax id, e-mail and language of the customer, sealed as one (shared/kernel/customer.py).
    `collection_grace_s`: how long after its end a period of the account waits for usage on its way. Accounts opened
    before that was written down have `GRACE_OF_OLD_S`.
    """

    account_id: str
    name: Sealed
    currency: Currency
    cycle: CycleTerms
    tax_rate: Decimal
    opened_on: date
    details: Sealed | None = None
    collection_grace_s: Count | None = None

    @property
    def key(self) -> str:
        return self.account_id
