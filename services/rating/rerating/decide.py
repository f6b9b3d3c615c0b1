"""Reratings: what a corrected price changes in closed periods, page by page, and what goes on the accounts for it.

    500 units at 0.10 in September        charged 50.00
    corrected to 0.08                     f(500) = 40.00, less all that was charged: -10.00
    corrected to 0.09 some days later     45.00 - 50.00 + 10.00 = 5.00

A difference is against everything that was charged for the line before: the charge of its period, late settlements,
reratings that are billed and those that wait for the next close. So the last corrected price is the truth, and the same
rerating twice adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from services.rating.account.state import Account
from services.rating.correction.messages import CorrectionAdded
from services.rating.correction_run.walking import Walk, confirmed, pending, to_confirm
from services.rating.period.messages import ChargeStep
from services.rating.plan.state import Plan
from services.rating.pricing import step_body
from services.rating.pricing.engine.contract import Step
from services.rating.rerating.corrected_prices import check_terms, corrected_plan
from services.rating.rerating.differences import Difference, NotComputable, differences
from services.rating.rerating.late_prices import with_page
from services.rating.rerating.messages import (
    ConfirmRerating,
    RerateAccounts,
    Rerated,
    ReratingConfirmed,
    ReratingPageWalked,
    ReratingStarted,
    StartRerating,
)
from services.rating.rerating.state import ChargedPage, ChargedQuestion, Rerating
from shared.kernel.decider import Context, State, View
from shared.kernel.decimals import exact
from shared.kernel.envelope import Envelope
from shared.kernel.errors import NeverBegan, Rejection
from shared.kernel.message import Event
from shared.kernel.same_fields import same_fields

ReratingCommand = StartRerating | ConfirmRerating | RerateAccounts
ReratingEvent = ReratingStarted | ReratingConfirmed | ReratingPageWalked


def decide_rerating(command: ReratingCommand, view: View, context: Context) -> Sequence[Event]:
    match command:
        case StartRerating():
            return [_start(command, view, context)]
        case ConfirmRerating():
            return [same_fields(ReratingConfirmed, to_confirm(Rerating, command.rerating_id, view, context))]
        case RerateAccounts():
            with exact():
                return _walk(command, view, context)
        case _:
            assert_never(command)


def evolve_rerating(event: ReratingEvent, envelope: Envelope, view: View) -> list[State]:
    match event:
        case ReratingStarted():
            return [same_fields(Rerating, event, applied=not event.dry_run)]
        case ReratingConfirmed():
            return [confirmed(Rerating, event.rerating_id, view)]
        case ReratingPageWalked():
            return with_page(event, view)
        case _:
            assert_never(event)


def _start(command: StartRerating, view: View, context: Context) -> ReratingStarted:
    if view.get(Rerating, command.rerating_id) is not None:
        raise Rejection("rerating_exists", f"there is a rerating {command.rerating_id}", pointer="/id", status=409)
    check_terms(command.terms, view)
    return same_fields(ReratingStarted, command, partitions=context.partitions)


def _walk(command: RerateAccounts, view: View, context: Context) -> Sequence[Event]:
    """The corrections of a page, and last what the page came to."""
    terms = command.terms
    plan = view.get(Plan, terms.plan_id)
    if plan is None:
        raise NeverBegan(f"a rerating is of {terms.plan_id}, which does not exist")
    plan = corrected_plan(plan, terms)
    asked = ChargedQuestion(terms.plan_id, terms.version, terms.start, terms.end, command.after, command.account_ids)
    page = view.get(ChargedPage, asked.key)
    walk = Walk(context)
    unchanged = 0
    for account, charged, why_not in walk.accounts(page, view):
        if why_not is not None:
            walk.found.append(_not_computable(NotComputable(reason=why_not), account))
            continue
        for one in differences(account, charged, pending(account, view), plan, terms, view):
            if isinstance(one, NotComputable):
                walk.found.append(_not_computable(one, account))
            elif not one.amount:
                unchanged += 1
            else:
                charge_id = walk.new_id("correction")
                walk.found.append(_corrected(one, account, None if command.dry_run else charge_id))
                walk.corrections.append(_correction(one, account, command, charge_id))
    done = [charged.account_id for charged in page.accounts] if page else []
    named = command.account_ids
    return walk.events(
        ReratingPageWalked,
        command,
        page,
        unchanged=unchanged,
        account_ids=None if named is None else [account_id for account_id in named if account_id not in done],
        walked=[] if named is None else done,
    )


def _not_computable(one: NotComputable, account: Account) -> Rerated:
    return same_fields(Rerated, one, account_id=account.account_id, currency=account.currency, outcome="not_computable")


def _corrected(one: Difference, account: Account, charge_id: str | None) -> Rerated:
    return same_fields(
        Rerated,
        one,
        account_id=account.account_id,
        currency=account.currency,
        outcome="corrected",
        difference=one.amount,
        charge_id=charge_id,
    )


def _correction(one: Difference, account: Account, command: RerateAccounts, charge_id: str) -> CorrectionAdded:
    """The charge of a difference: what it costs now, step by step, and what was charged before as the last step."""
    before = Step.adjustment("charged", -one.charged, label=_before(one))
    return same_fields(
        CorrectionAdded,
        one,
        charge_id=charge_id,
        account_id=account.account_id,
        cause=command.rerating_id,
        plan_id=command.terms.plan_id,
        plan_version=command.terms.version,
        currency=account.currency,
        settles=one.period,
        period=one.served,
        amount=one.amount,
        unrounded=one.unrounded - one.charged,
        steps=[*one.steps, *([ChargeStep(**step_body(before, account.currency))] if one.charged else [])],
    )


def _before(one: Difference) -> str:
    count = len(one.corrects)
    return f"charged before, in {count} charge{'' if count == 1 else 's'}"
