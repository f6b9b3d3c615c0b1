"""The corrections of an account that wait for its open period to close."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from services.rating.period.messages import ChargeStep, OutageEvidence
from services.rating.pricing.engine.lines import RERATING
from shared.kernel.decider import State
from shared.kernel.period import Period


class PendingCorrection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A correction as `CorrectionAdded` says it."""

    charge_id: str
    cause: str
    subscription_id: str
    plan_id: str
    plan_version: int
    price_index: int
    description: str
    period: Period
    settles: Period
    amount: Decimal
    unrounded: Decimal
    kind: str = RERATING
    corrects: list[str] = []
    steps: list[ChargeStep] = []
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    tax_class: str | None = None
    evidence: OutageEvidence | None = None
    includes_tax: bool = False


class PendingCorrections(State, frozen=True, kw_only=True):
    """By the order in which they were added; without any there is no state."""

    account_id: str
    corrections: tuple[PendingCorrection, ...]
