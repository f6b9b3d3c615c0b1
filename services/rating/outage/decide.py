"""Outages: what they give back, page by page, first shown and then put on the accounts.

    no service on 12 September from 10:00 to 13:20, for everybody with the plan fiber
    each charge for September gives back 12,000 of its 2,592,000 seconds: of 30.00 it is 0.14

The same outage confirmed twice, or one that overlaps another, gives nothing back for a moment that was credited.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from services.rating.account.state import Account
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction_run.walking import Walk, confirmed, pending, to_confirm
from services.rating.outage.crediting import Credit, NotCredited, credits_of
from services.rating.outage.messages import (
    ConfirmOutage,
    CreditAccounts,
    Credited,
    OutageConfirmed,
    OutagePageWalked,
    OutageRecorded,
    RecordOutage,
)
from services.rating.outage.state import Outage, TimePage, TimeQuestion
from services.rating.plan.state import Plan
from services.rating.pricing.engine.lines import OUTAGE
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

OutageCommand = RecordOutage | ConfirmOutage | CreditAccounts
OutageEvent = OutageRecorded | OutageConfirmed | OutagePageWalked


def decide_outage(command: OutageCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case RecordOutage():
            return [_record(command, view, context)]
        case ConfirmOutage():
            return [same_fields(OutageConfirmed, to_confirm(Outage, command.outage_id, view, context))]
        case CreditAccounts():
            return _walk(command, view, context)
        case _:
            assert_never(command)


def evolve_outage(event: OutageEvent, envelope: Envelope, view: View) -> list[State]:
    match event:
        case OutageRecorded():
            return [same_fields(Outage, event)]
        case OutageConfirmed():
            return [confirmed(Outage, event.outage_id, view)]
        case OutagePageWalked():
            return []
        case _:
            assert_never(event)


def _record(command: RecordOutage, view: View, context: Context) -> OutageRecorded:
    if view.get(Outage, command.outage_id) is not None:
        raise Rejection("outage_exists", f"there is an outage {command.outage_id}", pointer="/id", status=409)
    terms = command.terms
    if terms.end > context.now:
        raise Rejection("outage_not_over", f"{terms.end} is not over; record it once it is", pointer="/to")
    if terms.plan_id is not None and view.get(Plan, terms.plan_id) is None:
        raise absent("plan", terms.plan_id, pointer="/plan_id")
    return same_fields(OutageRecorded, command, partitions=context.partitions)


def _walk(command: CreditAccounts, view: View, context: Context) -> Sequence[Event]:
    """The credits of a page, and last what the page came to."""
    page = view.get(TimePage, TimeQuestion.of(command.terms, command.after).key)
    walk = Walk(context)
    for account, facts, why_not in walk.accounts(page, view):
        if why_not is not None:
            walk.found.append(_not_credited(NotCredited(reason=why_not), account))
            continue
        for one in credits_of(account, facts, pending(account, view), command.terms, view):
            if isinstance(one, NotCredited):
                walk.found.append(_not_credited(one, account))
                continue
            charge_id = walk.new_id("outage")
            walk.found.append(_credited(one, account, None if command.dry_run else charge_id))
            walk.corrections.append(_correction(one, account, command, charge_id))
    return walk.events(OutagePageWalked, command, page)


def _not_credited(one: NotCredited, account: Account) -> Credited:
    return same_fields(Credited, one, account_id=account.account_id, currency=account.currency, outcome="not_credited")


def _credited(one: Credit, account: Account, charge_id: str | None) -> Credited:
    return same_fields(
        Credited,
        one,
        account_id=account.account_id,
        currency=account.currency,
        outcome="credited",
        subscription_id=one.line.subscription_id,
        corrects=one.line.charge_id,
        period=one.line.period,
        charge_id=charge_id,
    )


def _correction(one: Credit, account: Account, command: CreditAccounts, charge_id: str) -> CorrectionAdded:
    line = one.line
    return CorrectionAdded(
        charge_id=charge_id,
        account_id=account.account_id,
        kind=OUTAGE,
        cause=command.outage_id,
        subscription_id=line.subscription_id,
        plan_id=line.plan_id,
        plan_version=line.plan_version,
        price_index=line.price_index,
        description=one.description,
        period=one.served,
        settles=line.period,
        amount=-one.credit,
        unrounded=-one.unrounded,
        currency=account.currency,
        corrects=[line.charge_id],
        steps=one.steps,
        tax_class=one.tax_class,
        includes_tax=one.includes_tax,
        evidence=one.evidence,
    )
