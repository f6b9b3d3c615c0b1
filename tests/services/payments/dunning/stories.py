"""An account under a dunning policy, and its timers, fired when they are due or later."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from services.payments.balance.messages import PayerOpened
from services.payments.commands import COMMANDS
from services.payments.dunning.messages import DunningCaseCleared, DunningStepReached, ServiceRestrictionAsked
from services.payments.dunning.state import Case, DunningAccount
from services.payments.dunning_policy.messages import (
    CurrencyAmount,
    DefaultDunningPolicySet,
    DunningPolicyDefined,
    DunningStep,
    DunningTerms,
    Restriction,
)
from services.payments.promise.messages import MakePromise
from shared.kernel.decider import Due, Send
from shared.kernel.message import Command, Event
from shared.kernel.money import Money
from tests.kit.decider import Specification
from tests.services.payments.story import ACCOUNT, issued, pay, payments

BLOCK = Restriction(access="blocked")
SLOW = Restriction(access="throttled", profile="slow")
EUR_5 = (CurrencyAmount(currency="EUR", amount=Decimal("5.00")),)


def step(after_days: int, name: str = "", **said: Any) -> DunningStep:
    return DunningStep(name=name or f"day {after_days}", after_days=after_days, **said)


# Kill Bill's example of an overdue configuration: https://docs.killbill.io/latest/overdue.html
KILL_BILL = (
    step(10, "warning"),
    step(14, "block", service=BLOCK),
    step(21, "cancel", service=BLOCK, terminate=True),
)
# Splynx: payment due 15 days after the invoice, blocking the day after, deactivation 10 days later:
# https://wiki.splynx.com/configuring_splynx/finance/automation
SPLYNX = (step(1, "block", service=BLOCK), step(11, "deactivate", terminate=True))


class Debtor:
    """Its events go to payments; what happens of dunning collects in `told` as (day, what)."""

    def __init__(self, *steps: DunningStep, zone: str = "UTC", **terms: Any) -> None:
        policy = DunningTerms(name="Standard", steps=steps or KILL_BILL, **terms)
        self.spec: Specification = payments().given(
            PayerOpened(account_id=ACCOUNT, currency="EUR", time_zone=zone),
            DunningPolicyDefined(policy_id="standard", version=1, terms=policy),
            DefaultDunningPolicySet(policy_id="standard", partitions=4),
        )
        self.heard: list[tuple[datetime, Event]] = []
        self.sent: list[Send] = []
        self.count = 0

    def owes(self, amount: str, due: str = "2026-10-15", *, n: int = 1, at: str = "2026-10-01") -> Debtor:
        self.took(self.spec.when_event(issued(n, amount, date.fromisoformat(due)), now=noon(at), seq=n))
        return self

    def pays(self, amount: str, day: str, *, invoice: str | None = None) -> Debtor:
        self.count += 1
        command = pay(amount, payment=f"pay-{self.count}", received_on=day, invoice=invoice)
        return self.says(command, day)

    def promises(self, pay_by: str, day: str, amount: str | None = None, *, restores: bool = False) -> Debtor:
        self.count += 1
        money = None if amount is None else Money(Decimal(amount), "EUR")
        command = MakePromise(
            promise_id=f"pro-{self.count}",
            account_id=ACCOUNT,
            pay_by=date.fromisoformat(pay_by),
            amount=money,
            restores=restores,
        )
        return self.says(command, day)

    def says(self, command: Command, day: str) -> Debtor:
        self.count += 1
        self.took(self.spec.when(command, now=noon(day), command_id=f"says-{self.count}"))
        return self

    def until(self, day: str, *, late: bool = False) -> Debtor:
        """Every timer up to the day fires at its instant, or all of them only then."""
        end = noon(day)
        for _ in range(500):
            due = sorted((t for t in self.timers if t.due_at <= end), key=lambda t: (t.due_at, t.name))
            if not due:
                self.spec.now = max(self.spec.now, end)
                return self
            self.fire(due[0], now=end if late else due[0].due_at)
        raise AssertionError("a timer fires for ever")

    def fire(self, timer: Due, *, now: datetime) -> None:
        command = COMMANDS.decode(timer.command_type, bytes(timer.command))
        self.took(self.spec.when(command, now=max(now, self.spec.now), command_id=f"t-{timer.name}-{timer.due_at}"))

    def took(self, spec: Specification) -> None:
        self.heard += [(spec.now, event) for event in spec.events]
        self.sent += spec.sends

    @property
    def timers(self) -> list[Due]:
        return self.spec.state.all(Due)

    @property
    def account(self) -> DunningAccount:
        return self.spec.get(DunningAccount, ACCOUNT) or DunningAccount(account_id=ACCOUNT)

    @property
    def case(self) -> Case:
        assert self.account.case is not None
        return self.account.case

    @property
    def told(self) -> list[tuple[str, str]]:
        """Steps, restrictions and the end of cases, each with its day in UTC."""
        return [(f"{now:%m-%d}", said) for now, event in self.heard if (said := _said(event))]


def _said(event: Event) -> str:
    match event:
        case DunningStepReached():
            return f"{event.step} {event.name}{' again' if event.again else ''}"
        case ServiceRestrictionAsked(restriction=None):
            return "open"
        case ServiceRestrictionAsked(restriction=restriction):
            assert restriction is not None
            return restriction.access
        case DunningCaseCleared():
            return event.reason
        case _:
            return ""


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), UTC)
