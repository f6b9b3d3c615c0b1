"""Outages: what they give back, page by page, first shown and then put on the accounts.

    no service on 12 September from 10:00 to 13:20, for everybody with the plan fiber
    each charge for September gives back 12,000 of its 2,592,000 seconds: of 30.00 it is 0.14

The same outage confirmed twice, or one that overlaps another, gives nothing back for a moment that was credited.
"""

from __future__ import annotations

from typing import assert_never

import msgspec

from services.rating.account.state import Account
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction.state import PendingCorrections
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
from services.rating.outage.state import AccountTime, Outage, TimePage, TimeQuestion
from services.rating.plan.state import Plan
from services.rating.pricing.engine.lines import OUTAGE
from shared.kernel.decider import Context, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection, absent, unknown_aggregate
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

OutageCommand = RecordOutage | ConfirmOutage | CreditAccounts
OutageEvent = OutageRecorded | OutageConfirmed | OutagePageWalked


def decide_outage(command: OutageCommand, view: View, context: Context) -> list[Event]:
    match command:
        case RecordOutage():
            return [_record(command, view, context)]
        case ConfirmOutage():
            return [_confirm(command, view, context)]
        case CreditAccounts():
            return _walk(command, view, context)
        case _:
            assert_never(command)


def evolve_outage(event: OutageEvent, envelope: Envelope, view: View) -> list[State]:
    match event:
        case OutageRecorded():
            return [same_fields(Outage, event)]
        case OutageConfirmed():
            known = view.get(Outage, event.outage_id)
            if known is None:
                raise NeverBegan(f"outage {event.outage_id} was confirmed and never recorded")
            return [msgspec.structs.replace(known, applied=True, version=known.version + 1)]
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


def _confirm(command: ConfirmOutage, view: View, context: Context) -> OutageConfirmed:
    known = view.get(Outage, command.outage_id)
    if known is None:
        raise unknown_aggregate("outage", command.outage_id)
    context.check_version(known.version)
    if known.applied:
        raise Rejection("outage_confirmed", f"the credits of {command.outage_id} are on the accounts", status=409)
    return same_fields(OutageConfirmed, known)


def _walk(command: CreditAccounts, view: View, context: Context) -> list[Event]:
    """The credits of a page, and last what the page came to."""
    question = TimeQuestion.of(command.terms, command.after).key
    page = view.get(TimePage, question) or TimePage(question=question, accounts=[], last=True)
    found: list[Credited] = []
    credits: list[CorrectionAdded] = []
    for facts in page.accounts:
        account = view.get(Account, facts.account_id)
        if account is None:
            raise NeverBegan(f"{facts.account_id} was charged and never opened")
        for one in _of_account(account, facts, command, view):
            if isinstance(one, NotCredited):
                found.append(_not_credited(one, account))
                continue
            charge_id = context.new_id("outage", len(credits))
            found.append(_credited(one, account, None if command.dry_run else charge_id))
            credits.append(_correction(one, account, command, charge_id))
    walked = same_fields(
        OutagePageWalked,
        command,
        partition=context.partition,
        through=page.accounts[-1].account_id if page.accounts else command.after,
        last=page.last,
        accounts=len(page.accounts),
        found=found,
    )
    return [*([] if command.dry_run else credits), walked]


def _of_account(
    account: Account, facts: AccountTime, command: CreditAccounts, view: View
) -> list[Credit | NotCredited]:
    period = account.open_period
    if period is None or period.start != facts.open_start:
        return [NotCredited(reason="period_closing")]
    if account.close_due is None:
        return [NotCredited(reason="account_closed")]
    if facts.too_many:
        return [NotCredited(reason="too_many_lines")]
    pending = view.get(PendingCorrections, account.account_id)
    return credits_of(account, facts, pending.corrections if pending else (), command.terms, view)


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
        evidence=one.evidence,
    )
