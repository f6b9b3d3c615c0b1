"""The stages of a story: set up, a month of usage, its close and its bills, another month, the end.

clock 1 Sep    cycle, plans, accounts, subscriptions, equipment
Sep            usage; in the middle of it the next version of a plan is published
1 Oct 03:00    September closes; records for it that come now are late; a billing run while October goes on
1 Nov 03:00    October closes; a billing run to the end; some invoices are void; customers pay, and two of them with
               one key at once, while invoices are credited; some are issued anew, and what is paid can't be void
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from services.invoicing.billing_run.messages import StartBillingRun
from services.invoicing.credit_note.messages import CreditInvoice
from services.invoicing.invoice.messages import InvoiceIssued
from services.invoicing.void.messages import VoidInvoice
from services.payments.exposure.messages import ChangeCreditTerms, CreditTerms, SetPaymentMode
from services.payments.payment.messages import RecordPayment
from services.rating.account.messages import OpenAccount
from services.rating.billing_cycle.messages import CycleTerms, DefineBillingCycle
from services.rating.plan.messages import DraftPlan, DraftPlanVersion, PublishPlanVersion
from services.rating.pricing import Price, parse_price
from services.rating.subscription.messages import StartSubscription
from services.usage.resource.messages import AssignResource
from shared.kernel.money import Money
from shared.kernel.partition import partition_of
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.sealed import Sealed
from tests.simulation.story import (
    ALL_IN,
    CLOSING,
    METERED,
    METERED_FROM_OCTOBER,
    NOVEMBER,
    OCTOBER,
    OCTOBER_ENDS,
    SEPTEMBER_ENDS,
    Line,
    Story,
)
from tests.simulation.timeline import Act, Ask, Publish, Rest, SetClock, Stage, Until

if TYPE_CHECKING:
    from tests.simulation.world import World

RIVALS: Final = ("rival-0", "rival-3")
"""Accounts of different partitions that buy nothing: what their keys come to depends on who is first."""
CONTESTED_IDS: Final = ("cheque-1", "cheque-2")
CONTESTED_KEYS: Final = ("BANK-1", "BANK-2")
_TAKEN: Final = ("payment_exists", "duplicate_external_key")

_CYCLE = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="UTC")
_PLANS: dict[str, list[dict[str, Any]]] = {"all-in": ALL_IN, "metered": METERED}


def stages(story: Story) -> list[Stage]:
    """Everything that happens, in order; what stands in one stage happens in any order."""
    september, october = [Publish(r) for r in story.september], [Publish(r) for r in story.october]
    middle = len(september) // 2
    return [
        *_opening(story),
        september[:middle],
        [Ask("rating", DraftPlanVersion(plan_id="metered", prices=_priced(METERED_FROM_OCTOBER)))],
        [_publish_plan("metered", 2, SEPTEMBER_ENDS), *september[middle:]],
        [SetClock(OCTOBER + CLOSING)],
        [_closed(story, 1)],
        [*(Publish(report) for report in story.late), _bill("run-1", SEPTEMBER_ENDS)],
        october,
        [SetClock(NOVEMBER + CLOSING)],
        [_closed(story, 2)],
        [Rest()],
        [_bill("run-2", OCTOBER_ENDS)],
        [Rest()],
        lambda world: _voids(world, every=2),
        [Rest()],
        lambda world: [*_payments(story, world), *_contests(world), *_credits(world)],
        [Rest()],
        lambda world: [*_voids(world, every=3), _bill("run-3", OCTOBER_ENDS)],
        [Rest()],
    ]


def _opening(story: Story) -> list[Stage]:
    return [
        [
            Ask("rating", DefineBillingCycle(name="Monthly", terms=_CYCLE)),
            *(_draft_plan(plan, prices) for plan, prices in _PLANS.items()),
        ],
        [_publish_plan(plan, 1, date(2026, 1, 1)) for plan in _PLANS],
        [Ask("rating", _open(account)) for account in (*story.accounts, *RIVALS)],
        [Ask("rating", _subscribe(line), id=f"start-{line.subscription_id}") for line in story.lines],
        [Until(f"usage knows {line.subscription_id}", _assigned(line)) for line in story.lines],
        [Ask("usage", _equip(line)) for line in story.lines],
        [Until(f"payments knows {account}", _payer_known(account)) for account in story.accounts],
        [_limited(account, n) for n, account in enumerate(story.accounts)],
    ]


def _priced(prices: list[dict[str, Any]]) -> list[Price]:
    return [parse_price(price) for price in prices]


def _draft_plan(plan_id: str, prices: list[dict[str, Any]]) -> Ask:
    return Ask("rating", DraftPlan(plan_id=plan_id, name=plan_id.title(), currency="EUR", prices=_priced(prices)))


def _open(account_id: str) -> OpenAccount:
    name = Sealed(f"v1.sealed.{account_id}")
    return OpenAccount(account_id=account_id, name=name, currency="EUR", cycle_id="monthly", tax_rate=Decimal(20))


def _subscribe(line: Line) -> StartSubscription:
    return StartSubscription(
        subscription_id=line.subscription_id, account_id=line.account_id, plan_id=line.plan_id, start=line.start
    )


def _equip(line: Line) -> AssignResource:
    return AssignResource(
        resource_id=line.resource_id,
        account_id=line.account_id,
        subscription_id=line.subscription_id,
        valid_from=datetime(2026, 9, 1, tzinfo=UTC),
        register=True,
    )


def _payer_known(account_id: str) -> Any:
    def known(world: World) -> bool:
        partition = partition_of(account_id, world.partitions)
        return (partition, "Payer", account_id) in world.databases["payments"].states

    return known


def _limited(account_id: str, n: int) -> Ask:
    """Every other account is prepaid, the others may owe 20.00: of all it is told what they would be charged."""
    if n % 2 == 0:
        return Ask("payments", SetPaymentMode(account_id=account_id, mode="prepaid"), id=f"prepaid-{account_id}")
    terms = CreditTerms(credit_limit=Decimal(20), at_limit="restrict")
    return Ask("payments", ChangeCreditTerms(account_id=account_id, terms=terms), id=f"limit-{account_id}")


def _publish_plan(plan_id: str, version: int, effective_from: date) -> Ask:
    command = PublishPlanVersion(plan_id=plan_id, version=version, effective_from=effective_from)
    return Ask("rating", command, id=f"publish-{plan_id}-{version}")


def _assigned(line: Line) -> Any:
    """Usage has the assignment in its states: from here on records of the subscription are guided."""

    def assigned(world: World) -> bool:
        key = f"subscription:{line.subscription_id}"
        partition = partition_of(key, world.partitions)
        return (partition, "Resource", key) in world.databases["usage"].states

    return assigned


def _closed(story: Story, periods: int) -> Until:
    wanted = periods * len(story.accounts)
    return Until(f"{wanted} closed periods", lambda world: world.observer.count("rating.PeriodClosed.v1") >= wanted)


def _bill(run_id: str, target: date) -> Ask:
    return Ask("invoicing", StartBillingRun(run_id=run_id, target_date=target))


def _payments(story: Story, world: World) -> Sequence[Act]:
    """One payment for each invoice, as its account is in the habit of paying."""
    acts = []
    for invoice in _issued(world):
        habit = story.pays[story.accounts.index(invoice.account_id)]
        amount = {"full": invoice.total, "part": Decimal("7.50"), "over": invoice.total + 5}[habit]
        payment = RecordPayment(
            payment_id=f"pay-{invoice.invoice_id}",
            account_id=invoice.account_id,
            amount=Money(amount, "EUR"),
            method="bank_transfer",
            received_on=world.now.date(),
            external_key=f"bank-{invoice.invoice_id}",
        )
        acts.append(Ask("payments", payment, id=payment.payment_id))
    return acts


def _voids(world: World, *, every: int) -> Sequence[Act]:
    """One of every four invoices is asked to be void."""
    return [
        Ask(
            "invoicing",
            VoidInvoice(invoice_id=invoice.invoice_id, account_id=invoice.account_id, reason="other"),
            id=f"void-{invoice.invoice_id}",
        )
        for n, invoice in enumerate(_issued(world))
        if n % 4 == every
    ]


def _credits(world: World) -> Sequence[Act]:
    """One of every four invoices is credited in part, and one in full and issued anew."""
    acts = []
    for n, invoice in enumerate(_issued(world)):
        part = round_amount(invoice.total / 3, HALF_UP, "EUR")
        if n % 4 < 2 and part:
            credit = CreditInvoice(
                credit_note_id=f"cn-{invoice.invoice_id}",
                invoice_id=invoice.invoice_id,
                account_id=invoice.account_id,
                reason="other",
                amount=None if n % 4 else Money(part, "EUR"),
                reissue=n % 4 == 1,
            )
            acts.append(Ask("invoicing", credit, id=credit.credit_note_id))
    return acts


def _issued(world: World) -> list[InvoiceIssued]:
    return sorted(world.observer.events("invoicing", InvoiceIssued), key=lambda i: (i.account_id, i.period))


def _contests(world: World) -> Sequence[Act]:
    """One id for two accounts, one external key for two accounts; and each key once by somebody who is refused."""
    acts = []
    for account in RIVALS:
        acts += [_contest(world, account, payment_id, f"{account}-{payment_id}") for payment_id in CONTESTED_IDS]
        acts += [_contest(world, account, f"{account}-{key}", key) for key in CONTESTED_KEYS]
    wrong = [*((name, f"wrong-{name}") for name in CONTESTED_IDS), *((f"wrong-{key}", key) for key in CONTESTED_KEYS)]
    acts += [_contest(world, RIVALS[0], *keys, currency="CHF") for keys in wrong]
    return acts


def _contest(world: World, account: str, payment_id: str, external_key: str, *, currency: str = "EUR") -> Ask:
    payment = RecordPayment(
        payment_id=payment_id,
        account_id=account,
        amount=Money(Decimal("5.00"), currency),
        method="cheque",
        received_on=world.now.date(),
        external_key=external_key,
    )
    may_be = _TAKEN if currency == "EUR" else (*_TAKEN, "currency_mismatch")
    return Ask("payments", payment, id=f"{currency}-{account}-{payment_id}-{external_key}", may_be=may_be)
