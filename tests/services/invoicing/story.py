"""The account these tests are about, a month of its life as rating tells it, and the partitions it lives in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from services.invoicing.invoice.messages import FinaliseInvoice, InvoiceIssued
from services.invoicing.invoice.state import IssuedLines, invoice_id_of
from services.invoicing.service import SERVICE
from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import CycleTerms
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.subscription.messages import SubscriptionStarted
from shared.kernel.ids import derive
from shared.kernel.partition import partition_of
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed
from tests.kit.decider import Specification

ACCOUNT = "acc-1"
SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
INVOICE = invoice_id_of(ACCOUNT, SEPTEMBER)
BILLING_DAY = datetime(2026, 10, 1, 6, tzinfo=UTC)


def invoicing(partition: int = 0, partitions: int = 4) -> Specification:
    return Specification(SERVICE.domain, partition=partition, partitions=partitions, now=BILLING_DAY)


def opened(
    account: str = ACCOUNT,
    *,
    tax_rate: str = "20",
    currency: str = "EUR",
    zone: str = "Europe/Paris",
    cycle: str = "monthly",
) -> AccountOpened:
    terms = CycleTerms(cycle_id=cycle, frequency="month", anchor_day=1, time_zone=zone)
    return AccountOpened(
        account_id=account,
        name=Sealed("v1.k.x"),
        currency=currency,
        cycle=terms,
        tax_rate=Decimal(tax_rate),
        opened_on=date(2026, 9, 1),
    )


def subscribed(account: str = ACCOUNT) -> SubscriptionStarted:
    return SubscriptionStarted(
        subscription_id=f"sub-{account}", account_id=account, plan_id="fibre", start=date(2026, 9, 1), period=SEPTEMBER
    )


def charge(
    n: int, amount: str, *, account: str = ACCOUNT, currency: str = "EUR", period: Period = SEPTEMBER
) -> ChargeFixed:
    return ChargeFixed(
        charge_id=derive("charge", account, period.start.isoformat(), n),
        account_id=account,
        billing_period=period,
        n=n,
        kind="recurring",
        subscription_id=f"sub-{account}",
        plan_id="fibre",
        plan_version=1,
        price_index=0,
        description="Fibre 500",
        period=period,
        amount=Decimal(amount),
        unrounded=Decimal(amount),
        currency=currency,
    )


def closed(
    lines: int, total: str, *, account: str = ACCOUNT, period: Period = SEPTEMBER, after: Period = OCTOBER
) -> PeriodClosed:
    return PeriodClosed(
        account_id=account, period=period, lines=lines, sum=Decimal(total), currency="EUR", next_period=after
    )


def tell(spec: Specification, *facts: Any) -> Specification:
    """Rating reports these facts, one after the other."""
    for fact in facts:
        spec.when_event(fact, service="rating")
    return spec


def september_drafted(spec: Specification, account: str = ACCOUNT, net: str = "30.03") -> Specification:
    """A closed September with one line."""
    return tell(
        spec, opened(account), subscribed(account), charge(1, net, account=account), closed(1, net, account=account)
    )


class Partitions:
    """All partitions of invoicing, which send each other what they decide to send, until nothing is left to send."""

    def __init__(self, count: int = 4) -> None:
        self.specs = [invoicing(partition, count) for partition in range(count)]
        self.messages = 0
        self.events: list[Any] = []

    def of(self, key: str) -> Specification:
        return self.specs[partition_of(key, len(self.specs))]

    def draft(self, account: str, net: str = "30.03") -> None:
        september_drafted(self.of(account), account, net)

    def finalise(self, account: str) -> list[Any]:
        """Its invoice is issued, and its lines are in the table that later commands read them from."""
        events = self.run(FinaliseInvoice(invoice_id=invoice_id_of(account, SEPTEMBER), account_id=account))
        for event in events:
            if isinstance(event, InvoiceIssued):
                stored = IssuedLines(invoice_id=event.invoice_id, lines=event.lines)
                self.of(account).state.keep({IssuedLines: {event.invoice_id: stored}})
        return events

    def run(self, command: Any, *, now: datetime | None = None) -> list[Any]:
        """All events that follow from a command, in the order they happen."""
        self.events, waiting = [], [(command, partition_of(command.key, len(self.specs)))]
        while waiting:
            message, partition = waiting.pop(0)
            self.messages += 1
            spec = self.specs[partition].when(message, now=now, command_id=f"m{self.messages}")
            self.events += spec.events
            for send in spec.sends:
                target = (
                    send.partition if send.partition is not None else partition_of(send.message.key, len(self.specs))
                )
                waiting.append((send.message, target))
        return self.events
