"""An account that is reminded, for the story of the projections, by a policy of its own, and one that is left alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from services.payments.dunning.messages import (
    DunningCaseOpened,
    DunningExempted,
    DunningPolicyAssigned,
    DunningStepReached,
)
from services.payments.dunning_policy.messages import (
    CurrencyAmount,
    DefaultDunningPolicySet,
    DunningPolicyDefined,
    DunningStep,
    DunningTerms,
    Restriction,
)
from services.payments.promise.messages import PromiseCancelled, PromiseMade
from services.rating.service_restriction.messages import RestrictedLine, ServicesRestricted
from shared.kernel.message import Event

_CASE: Final[dict[str, Any]] = {"account_id": "acc-1", "case_id": "dun-1", "look_on": date(2026, 10, 29)}

TERMS: Final = DunningTerms(
    name="Standard",
    steps=(
        DunningStep(name="Reminder", after_days=10),
        DunningStep(name="Block", after_days=14, service=Restriction(access="blocked")),
        DunningStep(name="End", after_days=21, terminate=True),
    ),
    minimums=(CurrencyAmount(currency="EUR", amount=Decimal("5.00")),),
)


def dunned_by() -> tuple[Event, ...]:
    """The policy that everybody has, which is reference data."""
    defined = DunningPolicyDefined(policy_id="standard", version=1, terms=TERMS)
    return defined, DefaultDunningPolicySet(policy_id="standard", partitions=4)


def restricted(access: str = "blocked", case_id: str = "dun-1") -> ServicesRestricted:
    line = RestrictedLine(subscription_id="line-1", change_id="change-1")
    return msgspec.convert(
        {"account_id": "acc-1", "case_id": case_id, "access": access, "lines": (line,)}, ServicesRestricted
    )


def dunned() -> tuple[Event, ...]:
    since, overdue = date(2026, 10, 15), Decimal("14.88")
    opened = DunningCaseOpened(
        policy_id="standard",
        policy_version=1,
        currency="EUR",
        time_zone="Europe/Paris",
        since=since,
        overdue=overdue,
        opened_on=date(2026, 10, 16),
        **_CASE,
    )
    reminded = DunningStepReached(
        step=1,
        name="Reminder",
        currency="EUR",
        since=since,
        overdue=overdue,
        days_overdue=10,
        reached_on=date(2026, 10, 25),
        oldest="INV-000005",
        **_CASE,
    )
    promised = PromiseMade(
        promise_id="promise-1",
        account_id="acc-1",
        amount=overdue,
        currency="EUR",
        parts=(),
        made_on=date(2026, 10, 25),
        pay_by=date(2026, 11, 2),
        time_zone="Europe/Paris",
    )
    withdrawn = PromiseCancelled(promise_id="promise-1", account_id="acc-1", cancelled_on=date(2026, 10, 26))
    assigned = DunningPolicyAssigned(account_id="acc-1", policy_id="standard")
    exempted = DunningExempted(account_id="acc-9", reason="hospital", until=date(2027, 1, 1))
    return assigned, opened, reminded, promised, withdrawn, exempted
