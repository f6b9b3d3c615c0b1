"""An account whose invoices are under a policy, and its timers, fired when they are due or later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any, cast

import msgspec

from services.invoicing.late_fee.messages import LateFeeAsked
from services.invoicing.late_fee_policy.messages import (
    DaysInYear,
    Fee,
    FeeKind,
    LateFeeStep,
    LateFeeTerms,
    PolicyInForce,
)
from services.payments.balance.messages import PayerOpened
from services.payments.late_fee.messages import ChargeLateFees, LateFeeRequested
from shared.kernel.decider import Due
from shared.kernel.envelope import Envelope
from shared.kernel.message import Event
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, issued, pay, payments

ISSUED_AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
Fees = list[tuple[str, str]]


def flat(after: int, amount: str) -> LateFeeStep:
    return LateFeeStep(after_days=after, fee=Fee(kind="flat", flat=Decimal(amount)))


def percent(after: int, share: str, *, at_least: str | None = None) -> LateFeeStep:
    kind: FeeKind = "percent" if at_least is None else "greater_of"
    least = None if at_least is None else Decimal(at_least)
    return LateFeeStep(after_days=after, fee=Fee(kind=kind, percent=Decimal(share), flat=least))


def interest(after: int, rate: str, days: str = "365") -> LateFeeStep:
    fee = Fee(kind="daily_interest", annual_rate=Decimal(rate), days_in_year=cast(DaysInYear, days))
    return LateFeeStep(after_days=after, fee=fee)


def policy(*steps: LateFeeStep, **terms: Any) -> PolicyInForce:
    return PolicyInForce(
        policy_id="standard", version=2, terms=LateFeeTerms(name="Standard", currency="EUR", steps=steps, **terms)
    )


class Account:
    """Its events go to payments; what is asked for collects in `fees`, as (day, amount)."""

    def __init__(self, zone: str = "UTC") -> None:
        opened = PayerOpened(account_id=ACCOUNT, currency="EUR", time_zone=zone)
        self.spec: Specification = payments().given(opened)
        self.asked: list[LateFeeAsked] = []
        self.heard: list[tuple[Event, Envelope]] = []
        self.payments = 0

    def owes(
        self,
        amount: str,
        under: PolicyInForce,
        *,
        due: str = "2026-10-15",
        n: int = 1,
        at: datetime = ISSUED_AT,
        **more: Any,
    ) -> Account:
        event = issued(n, amount, date.fromisoformat(due))
        self.took(self.spec.when_event(msgspec.structs.replace(event, late_fee_policy=under, **more), now=at, seq=n))
        return self

    def pays(self, amount: str, day: str, *, recorded: str | None = None) -> Account:
        self.payments += 1
        at = datetime.combine(date.fromisoformat(recorded or day), time(12), UTC)
        command = pay(amount, payment=f"pay-{self.payments}", received_on=day)
        self.took(self.spec.when(command, now=at, command_id=f"p{self.payments}"))
        return self

    def until(self, day: str, *, late: bool = False) -> Account:
        """Every timer up to the day fires at its instant, or all of them only then."""
        end = datetime.combine(date.fromisoformat(day), time(12), UTC)
        for _ in range(200):
            due = sorted((t for t in self.timers if t.due_at <= end), key=lambda t: (t.due_at, t.name))
            if not due:
                return self
            self.fire(due[0], now=end if late else due[0].due_at)
        raise AssertionError("a timer fires for ever")

    def fire(self, timer: Due, *, now: datetime) -> None:
        command = msgspec.json.decode(timer.command, type=ChargeLateFees)
        self.took(self.spec.when(command, now=max(now, self.spec.now), command_id=f"t-{timer.name}-{timer.due_at}"))

    def took(self, spec: Specification) -> None:
        self.heard += zip(spec.events, spec.envelopes, strict=True)
        self.asked += [event.fee for event in spec.events if isinstance(event, LateFeeRequested)]

    @property
    def timers(self) -> list[Due]:
        return self.spec.state.all(Due)

    @property
    def fees(self) -> Fees:
        return [(fee.charged_on.isoformat(), f"{fee.amount}") for fee in self.asked]
