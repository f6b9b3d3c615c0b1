"""A correction: an amount that makes good what closed periods of an account were charged, on its next close.

    CorrectionAdded(kind="rerating", cause="rerating-1", corrects=["ch-1"], amount=Decimal("-20.00"), ...)
    -> at the close of the open period: ChargeFixed of that kind

What a closed period was charged never changes: the difference is a charge of its own (debit or credit), which names
the charges that it corrects.
"""

from __future__ import annotations

from decimal import Decimal

from services.rating.period.messages import ChargeStep, OutageEvidence
from services.rating.pricing.engine.lines import RERATING
from shared.kernel.bounds import Count
from shared.kernel.currency import Currency
from shared.kernel.message import Event
from shared.kernel.period import Period


class CorrectionAdded(Event, frozen=True, kw_only=True):
    """`amount` (below zero: a credit) is charged with the open period, for `period`, which is closed.

    `kind` is that of the charge: `rerating`, `outage` (with its `evidence`). `cause` names what it follows from.
    `settles` is the closed period that was charged wrongly (of a flat price, the days of its charge), `corrects` the
    charges of it. `unrounded` is what `steps` add up to.
    """

    charge_id: str
    account_id: str
    cause: str
    subscription_id: str
    plan_id: str
    plan_version: Count
    price_index: Count
    description: str
    period: Period
    settles: Period
    amount: Decimal
    unrounded: Decimal
    currency: Currency
    kind: str = RERATING
    corrects: list[str] = []
    steps: list[ChargeStep] = []
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    tax_class: str | None = None
    evidence: OutageEvidence | None = None
    includes_tax: bool = False
