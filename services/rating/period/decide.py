"""Closing a period: it freezes, each line becomes a charge, the next period opens.

All of it is one decision. `PeriodClosing` says how many charges follow and what they add up to, so that invoicing can
tell a complete draft from a torn one; usage for the period is late from that event on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from services.rating.account.messages import AccountCycleChanged
from services.rating.account.state import Account
from services.rating.allowance.messages import AllowancesSettled, BandwidthProfileAsked
from services.rating.buckets.fair_use import profiles_asked
from services.rating.buckets.granting import LineOfAccount
from services.rating.buckets.settling import Covers, settle
from services.rating.correction.state import PendingCorrection, PendingCorrections
from services.rating.meter.state import Meter
from services.rating.one_time_charge.state import PendingCharge, PendingCharges
from services.rating.period.charging import Charge, charges_of, meter_of
from services.rating.period.daily import daily_of
from services.rating.period.lines import carried, corrected_price, late_usage, lines_of
from services.rating.period.messages import ChargeFixed, ChargeStep, ClosePeriod, PeriodClosed, PeriodClosing
from services.rating.pricing import step_body
from services.rating.pricing.engine.lines import USAGE, fraction_text
from services.rating.pricing_context import pricing_context
from services.rating.usage_retraction.state import WAITING, WaitingRetractions
from shared.kernel.calendar import local_date
from shared.kernel.decider import Context, View
from shared.kernel.decimals import exact, format_decimal
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.ids import derive
from shared.kernel.outcome import Parking
from shared.kernel.period import Period
from shared.kernel.same_fields import same_fields


def decide_period(
    command: ClosePeriod, view: View, context: Context
) -> list[PeriodClosing | ChargeFixed | AllowancesSettled | BandwidthProfileAsked | PeriodClosed | AccountCycleChanged]:
    """The charges of the open period. Nothing for a timer that is not the open one: a rerun creates nothing (R12)."""
    account = view.get(Account, command.account_id)
    if account is None or account.open_period != command.period or account.close_due != command.due_at:
        return []
    _check_nothing_parked(view, context)
    lines = lines_of(account, [command.period], view)
    settled = settle(account, lines, command.period)
    charges = [charge for line in lines for charge in _due(account, line, settled.covers, view)]
    fixed = [_fixed(charge, n, account, command.period, view) for n, charge in enumerate(charges, start=1)]
    by_hand = pending_charges(account, command.period, view)
    fixed += [_once(charge, n, account, command.period) for n, charge in enumerate(by_hand, start=len(fixed) + 1)]
    corrections = pending_corrections(account, view)
    fixed += [_corrects(one, n, account, command.period) for n, one in enumerate(corrections, start=len(fixed) + 1)]
    total, gross = _sum(fixed), _sum(charge for charge in fixed if charge.includes_tax)
    closing = PeriodClosing(
        account_id=account.account_id,
        period=command.period,
        lines=len(fixed),
        sum=total,
        currency=account.currency,
        watermark=context.now,
    )
    closed = PeriodClosed(
        account_id=account.account_id,
        period=command.period,
        lines=len(fixed),
        sum=total,
        currency=account.currency,
        next_period=account.period_after(command.period),
        billed_by=account.payer_of(command.period),
        gross=gross,
    )
    changed = account.change_after(command.period)
    # Behind the close: what it bills is still of the cycle before.
    asked = _profiles(account, carried(lines, settled.balances), context)
    return [closing, *fixed, *settled.events, *asked, closed, *([] if changed is None else [changed])]


def _sum(charges: Iterable[ChargeFixed]) -> Decimal:
    with exact():
        return sum((charge.amount for charge in charges), Decimal(0))


def _profiles(account: Account, lines: Sequence[LineOfAccount], context: Context) -> list[BandwidthProfileAsked]:
    """The bandwidth of lines with fair use, by what the running period has of buckets now."""
    running = account.period_on(local_date(context.now, account.terms.time_zone))
    return profiles_asked(account, lines, running)


def _check_nothing_parked(view: View, context: Context) -> None:
    """Refuse, for the timer to ask again, while a message of a usage partition waits for an operator.

    It may hold records of this account, which a close without them would make late.
    """
    for source in range(context.partitions):
        parked = view.get(Parking, f"usage/{source}")
        if parked is not None and parked.count > 0:
            raise Rejection("account_parked", f"guided usage of partition {source} waits for an operator", status=503)
    waiting = view.get(WaitingRetractions, WAITING)
    if waiting is not None and waiting.count > 0:
        raise Rejection("usage_arriving", "a retraction is being rated; the close is asked for again", status=503)


def _due(account: Account, line: LineOfAccount, covers: Covers, view: View) -> list[Charge]:
    period = account.open_period
    if period is None:
        raise NeverBegan(f"account {account.account_id} has no open period")
    return charges_of(
        account,
        line.subscription,
        line.plans,
        line.used,
        contexts=[pricing_context(account, period, view)],
        late=late_usage(account, line, view),
        covers=covers,
        target=period.end,
        corrected=corrected_price(account, view),
    )


def pending_charges(account: Account, period: Period, view: View) -> list[PendingCharge]:
    """The one-time charges of days before the end of the period, by their days."""
    pending = view.get(PendingCharges, account.account_id)
    due = [charge for charge in pending.charges if charge.on < period.end] if pending else []
    return sorted(due, key=lambda charge: charge.on)


def _once(charge: PendingCharge, n: int, account: Account, billing_period: Period) -> ChargeFixed:
    """A one-time charge keeps its id."""
    amount = format_decimal(charge.amount)
    return ChargeFixed(
        charge_id=charge.charge_id,
        account_id=account.account_id,
        billing_period=billing_period,
        n=n,
        kind=charge.kind,
        subscription_id=charge.subscription_id or "",
        plan_id="",
        plan_version=0,
        price_index=0,
        description=charge.description,
        period=Period(charge.on, charge.on + timedelta(days=1)),
        amount=charge.amount,
        unrounded=charge.amount,
        currency=account.currency,
        steps=[ChargeStep(tier="1", quantity="1", unit_price=amount, amount=amount)],
        credits=charge.credits,
        item=charge.item,
        tax_class=charge.tax_class,
        includes_tax=charge.includes_tax,
    )


def pending_corrections(account: Account, view: View) -> tuple[PendingCorrection, ...]:
    """What makes good earlier periods: all of it is due with the next close."""
    pending = view.get(PendingCorrections, account.account_id)
    return pending.corrections if pending else ()


def _corrects(correction: PendingCorrection, n: int, account: Account, billing_period: Period) -> ChargeFixed:
    """A correction keeps its id."""
    return same_fields(
        ChargeFixed,
        correction,
        account_id=account.account_id,
        billing_period=billing_period,
        n=n,
        currency=account.currency,
    )


def _fixed(charge: Charge, n: int, account: Account, billing_period: Period, view: View) -> ChargeFixed:
    line = charge.line
    meter = meter_of(line, lambda meter_id: view.get(Meter, meter_id))
    return ChargeFixed(
        charge_id=derive("charge", account.account_id, billing_period.start.isoformat(), n),
        account_id=account.account_id,
        billing_period=billing_period,
        n=n,
        kind=line.kind,
        subscription_id=charge.subscription_id,
        plan_id=charge.plan.plan_id,
        plan_version=charge.plan_version,
        price_index=charge.price_index,
        description=charge.description(meter),
        period=charge.period,
        amount=line.amount,
        unrounded=line.unrounded,
        currency=account.currency,
        meter=line.meter,
        unit=meter.unit if meter else None,
        quantity=None if line.quantity is None else Decimal(format_decimal(line.quantity)),
        records=charge.records,
        covered_records=charge.covered_records,
        meters=dict(charge.meters),
        retracted=dict(charge.retracted),
        settles=charge.settles,
        fraction=None if line.kind == USAGE else fraction_text(line.fraction),
        steps=[ChargeStep(**step_body(step, account.currency)) for step in line.steps],
        whole=charge.whole,
        credits=charge.credits,
        item=charge.item,
        tax_class=charge.tax_class,
        includes_tax=charge.includes_tax,
        daily=daily_of(charge, billing_period, view),
    )
