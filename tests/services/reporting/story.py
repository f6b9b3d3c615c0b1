"""Events as the services upstream report them, short enough to read in a test.

Account acc-1 lives in partition 1 and pays 20 % tax; its line is line-1 on the plan home; September 2026 is its period.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec

from services.invoicing.bill_profile.messages import BillProfileOpened, TaxTerms
from services.invoicing.invoice.messages import (
    DraftCarriedForward,
    DraftLineAdded,
    InvoiceDrafted,
    InvoiceIssued,
    InvoiceLine,
    InvoiceLocked,
    TaxGroup,
)
from services.invoicing.numbering_series.messages import Document, NumberAssigned
from services.payments.balance.messages import PaymentAllocated
from services.payments.payment.messages import PaymentRecorded
from services.payments.receivable.messages import ReceivableOpened
from services.rating.account.messages import AccountOpened
from services.rating.billing_cycle.messages import BillingCycleDefined, CycleTerms
from services.rating.period.messages import ChargeFixed, PeriodClosed
from services.rating.plan.messages import PlanDrafted, PlanVersionPublished
from services.rating.rated_usage.messages import LateSum, RatedSum, RatedSums, UsageRated
from services.rating.subscription.messages import SubscriptionStarted
from services.usage.record.columns import GuidedColumns
from services.usage.record.messages import GuidedRecord, GuidedUsage, RecordedUsage
from shared.kernel.message import Event, encode
from shared.kernel.outcome import InputParked
from shared.kernel.period import Period
from shared.kernel.rounding import HALF_UP, round_amount
from shared.kernel.sealed import Sealed

SEPTEMBER = Period(date(2026, 9, 1), date(2026, 10, 1))
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
NOVEMBER = Period(date(2026, 11, 1), date(2026, 12, 1))
DOMESTIC_RATE = Decimal("20")


def account_opened(
    account: str = "acc-1", *, name: str = "sealed", currency: str = "EUR", zone: str = "Europe/Paris"
) -> AccountOpened:
    return AccountOpened(
        account_id=account,
        name=Sealed(name),
        currency=currency,
        cycle=CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone=zone),
        tax_rate=DOMESTIC_RATE,
        opened_on=date(2026, 8, 15),
    )


def cycle_defined() -> BillingCycleDefined:
    terms = CycleTerms(cycle_id="monthly", frequency="month", anchor_day=1, time_zone="Europe/Paris")
    return BillingCycleDefined(name="Monthly", terms=terms)


def profile_opened(account: str = "acc-1", currency: str = "EUR") -> BillProfileOpened:
    return BillProfileOpened(
        account_id=account,
        name=Sealed("sealed"),
        currency=currency,
        tax=TaxTerms(kind="account_rate", parameters={"rate": str(DOMESTIC_RATE)}),
        cycle_id="monthly",
        time_zone="Europe/Paris",
        terms_days=14,
    )


def plan_published() -> tuple[Event, Event]:
    return (
        PlanDrafted(plan_id="home", version=1, name="Home", currency="EUR", prices=[]),
        PlanVersionPublished(plan_id="home", version=1, effective_from=date(2026, 8, 1)),
    )


def subscription_started(account: str = "acc-1", line: str = "line-1") -> SubscriptionStarted:
    return SubscriptionStarted(
        subscription_id=line, account_id=account, plan_id="home", start=date(2026, 9, 1), period=SEPTEMBER
    )


def record(
    record_id: str,
    *,
    at: datetime = datetime(2026, 9, 10, 1, tzinfo=UTC),
    quantity: int = 5_000_000,
    account: str | None = "acc-1",
    reason: str | None = None,
    source: str = "olt-12.par3",
    meter: str = "data.octets",
) -> RecordedUsage:
    """`quantity` in 1e-6 units. Without an account it belongs in quarantine, for `reason`."""
    started_us = int(at.timestamp()) * 1_000_000
    return RecordedUsage(
        source=source,
        id=record_id,
        resource="mac:00:1b:44:11:3a:b7",
        meter=meter,
        kind="delta",
        quantity=quantity,
        started_at=started_us,
        ended_at=started_us + 300_000_000,
        dedupe_key=b"0123456789abcdef",
        content=b"01234567",
        account=account,
        subscription="line-1" if account else None,
        reason=reason,
    )


def rated(
    source: int,
    seq: int,
    *,
    not_billable: tuple[tuple[int, str, str], ...] = (),
    returned: tuple[tuple[int, str, str], ...] = (),
    n: int = 1,
    indexes: tuple[int, ...] = (0,),
    part: bool = False,
    late: bool = False,
) -> UsageRated:
    """What became of a message; `late`: September has been closed, and its sum waits for October's close."""
    day = date(2026, 9, 10)
    quantity = 5_000_000 * len(indexes)
    total = RatedSum("acc-1", "line-1", "data.octets", "home", 1, date(2026, 9, 1), day, quantity, list(indexes))
    return UsageRated(
        source=source,
        n=n,
        usage_seq=seq,
        sums=RatedSums.of([total] if indexes else []),
        not_billable=list(not_billable),
        returned=list(returned),
        part=part,
        late=[LateSum(0, OCTOBER.start)] if late else [],
    )


def parked(source: int, seq: int, *indexes: int, n: int = 1) -> InputParked:
    """The slice of a guided message that a bug in acc-1 left to an operator."""
    records = [GuidedRecord(index, "acc-1", "line-1", "data.octets", 5_000_000, 0, 0) for index in indexes]
    message = GuidedUsage(source=source, n=n, seq=seq, records=GuidedColumns.of(records), part=True)
    return InputParked(
        parking_key="acc-1",
        n=1,
        topic="usage.guided",
        type="usage.GuidedUsage.v2",
        offset=4711,
        payload=encode(message).decode(),
        error="ZeroDivisionError: haunted",
        account_id="acc-1",
    )


def charge_fixed(
    charge: str = "ch-1",
    amount: str = "12.40",
    account: str = "acc-1",
    *,
    records: int = 1,
    covered: int = 0,
    billing_period: Period | None = None,
    meters: dict[str, int] | None = None,
) -> ChargeFixed:
    """A charge of September; with another `billing_period` one for usage that came late and is charged with that."""
    return ChargeFixed(
        charge_id=charge,
        account_id=account,
        billing_period=billing_period or SEPTEMBER,
        n=1,
        kind="usage",
        subscription_id="line-1",
        plan_id="home",
        plan_version=1,
        price_index=0,
        description="Data",
        period=SEPTEMBER,
        amount=Decimal(amount),
        unrounded=Decimal(amount),
        currency="EUR",
        meter="data.octets",
        unit="octet",
        quantity=Decimal(5),
        records=records,
        covered_records=covered,
        meters=meters or {},
        settles=SEPTEMBER if billing_period else None,
    )


def closed(period: Period, following: Period) -> PeriodClosed:
    return PeriodClosed(
        account_id="acc-1", period=period, lines=1, sum=Decimal("12.40"), currency="EUR", next_period=following
    )


def line(n: int = 1, net: str = "12.40", charge: str = "ch-1", kind: str = "usage") -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id=charge,
        kind=kind,
        description="Data",
        subscription_id="line-1",
        plan_id="home",
        plan_version=1,
        period=SEPTEMBER,
        net=Decimal(net),
        unrounded=Decimal(net),
        meter="data.octets" if kind == "usage" else None,
        unit="octet" if kind == "usage" else None,
        quantity=Decimal(5) if kind == "usage" else None,
    )


def carried_line(n: int, net: str, source: str) -> InvoiceLine:
    return InvoiceLine(
        n=n,
        charge_id="",
        kind="carried_forward",
        description="Carried forward from 2026-09-01 to 2026-09-30",
        subscription_id="",
        plan_id="",
        plan_version=0,
        period=SEPTEMBER,
        net=Decimal(net),
        unrounded=Decimal(net),
        carried_from=source,
    )


def carried_forward(
    source: str, into: str, *, lines: tuple[InvoiceLine, ...], carried: InvoiceLine
) -> tuple[Event, ...]:
    """A draft with lines of its own and what was carried forward to it."""
    *added, draft = drafted(into, lines=lines)
    assert isinstance(draft, InvoiceDrafted)
    moved = DraftCarriedForward(
        invoice_id=source, account_id="acc-1", into=into, currency="EUR", period=SEPTEMBER, line=carried
    )
    net = draft.net + carried.net
    tax = round_amount(net * DOMESTIC_RATE / 100, HALF_UP, "EUR")
    whole = msgspec.structs.replace(draft, lines=draft.lines + 1, net=net, tax=tax, total=net + tax)
    return (*added, moved, whole)


def drafted(
    invoice: str = "inv-1", *, lines: tuple[InvoiceLine, ...] = (line(),), account: str = "acc-1", currency: str = "EUR"
) -> tuple[Event, ...]:
    """The lines, then the draft."""
    added = [
        DraftLineAdded(
            invoice_id=invoice, account_id=account, currency=currency, billing_period=SEPTEMBER, line=added_line
        )
        for added_line in lines
    ]
    net = sum((added_line.net for added_line in lines[1:]), lines[0].net)
    tax = round_amount(net * DOMESTIC_RATE / 100, HALF_UP, currency)
    draft = InvoiceDrafted(
        invoice_id=invoice,
        account_id=account,
        currency=currency,
        period=SEPTEMBER,
        lines=len(lines),
        net=net,
        tax=tax,
        total=net + tax,
    )
    return (*added, draft)


def locked(
    invoice: str = "inv-1", *, net: str = "12.40", tax: str = "2.48", total: str = "14.88", account: str = "acc-1"
) -> InvoiceLocked:
    return InvoiceLocked(
        invoice_id=invoice,
        account_id=account,
        currency="EUR",
        net=Decimal(net),
        tax=Decimal(tax),
        total=Decimal(total),
        tax_groups=[tax_group(net, tax)],
        series_id="INV",
        issue_date_asked=date(2026, 10, 1),
        terms_days=14,
    )


def issued(
    invoice: str = "inv-1",
    *,
    number: str = "INV-000001",
    net: str = "12.40",
    tax: str = "2.48",
    total: str = "14.88",
    issued_on: date = date(2026, 10, 1),
    due_on: date = date(2026, 10, 15),
    account: str = "acc-1",
    currency: str = "EUR",
    lines: tuple[InvoiceLine, ...] = (line(),),
) -> InvoiceIssued:
    return InvoiceIssued(
        invoice_id=invoice,
        account_id=account,
        number=number,
        currency=currency,
        issued_on=issued_on,
        due_on=due_on,
        period=SEPTEMBER,
        lines=list(lines),
        tax_groups=[tax_group(net, tax)],
        net=Decimal(net),
        tax=Decimal(tax),
        total=Decimal(total),
        cycle_id="monthly",
        name=Sealed("sealed"),
    )


def numbered(invoice: str = "inv-1", n: int = 1) -> NumberAssigned:
    return NumberAssigned(
        series_id="INV",
        n=n,
        number=f"INV-{n:06}",
        issued_on=date(2026, 10, 1),
        document=Document(kind="invoice", id=invoice),
        account_id="acc-1",
    )


def receivable(
    invoice: str = "inv-1",
    amount: str = "14.88",
    *,
    number: str = "INV-000001",
    issued_on: date = date(2026, 10, 1),
    due_on: date = date(2026, 10, 15),
    account: str = "acc-1",
    currency: str = "EUR",
) -> ReceivableOpened:
    return ReceivableOpened(
        invoice_id=invoice,
        account_id=account,
        number=number,
        amount=Decimal(amount),
        currency=currency,
        issued_on=issued_on,
        due_on=due_on,
    )


def paid(
    payment: str = "pay-1",
    amount: str = "10.00",
    *,
    on: date = date(2026, 10, 7),
    account: str = "acc-1",
    currency: str = "EUR",
) -> PaymentRecorded:
    return PaymentRecorded(
        payment_id=payment,
        account_id=account,
        amount=Decimal(amount),
        currency=currency,
        method="bank_transfer",
        received_on=on,
    )


def allocated(
    payment: str = "pay-1",
    invoice: str = "inv-1",
    amount: str = "10.00",
    *,
    open_: str = "4.88",
    unallocated: str = "0.00",
    account: str = "acc-1",
    currency: str = "EUR",
) -> PaymentAllocated:
    return PaymentAllocated(
        payment_id=payment,
        invoice_id=invoice,
        account_id=account,
        amount=Decimal(amount),
        currency=currency,
        open=Decimal(open_),
        unallocated=Decimal(unallocated),
    )


def tax_group(net: str, tax: str) -> TaxGroup:
    return TaxGroup(category="S", rate=DOMESTIC_RATE, base=Decimal(net), tax=Decimal(tax))
