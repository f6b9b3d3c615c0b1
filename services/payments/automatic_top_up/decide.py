"""An account tops itself up: one charge for each time its wallet becomes low, within the rule's month. Pure.

FireAutomaticTopUp, twice         AutomaticTopUpFired, and nothing while that is under way
the monthly limit is reached      AutomaticTopUpHeld, until the next month begins
EndAutomaticTopUp soft            AutomaticTopUpPostponed in 1 day, then in 3; the third time AutomaticTopUpSwitchedOff
EndAutomaticTopUp hard            AutomaticTopUpSwitchedOff
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from services.payments.amounts import AMOUNT_MAX, checked_amount
from services.payments.automatic_top_up.messages import (
    AutomaticTopUpDone,
    AutomaticTopUpDropped,
    AutomaticTopUpFired,
    AutomaticTopUpHeld,
    AutomaticTopUpPostponed,
    AutomaticTopUpSet,
    AutomaticTopUpSwitchedOff,
    AutomaticTopUpTerms,
    EndAutomaticTopUp,
    FireAutomaticTopUp,
    RetryAutomaticTopUp,
    SetAutomaticTopUp,
)
from services.payments.automatic_top_up.state import AutomaticTopUp, is_low
from services.payments.balance.state import Payer, opened_payer
from services.payments.closed_account.state import check_open
from services.payments.collection.decide import chosen_method
from services.payments.top_up.decide import charged, check_limits
from services.payments.top_up.messages import TopUpWallet
from services.payments.top_up.state import running_top_up
from shared.kernel.calendar import local_date, midnight
from shared.kernel.decider import Context, View
from shared.kernel.decimals import EXACT
from shared.kernel.errors import Rejection, absent
from shared.kernel.message import Event
from shared.kernel.money import Money
from shared.kernel.same_fields import same_fields

RETRY_AFTER: Final = (timedelta(days=1), timedelta(days=3))
"""After the first and the second soft decline; the third switches the rule off."""
NO_ANSWER: Final = "no_answer"
"""The customer did not say yes, or the gateway has lost the charge; money that comes of it after all stays."""
MONTHLY_MAX: Final = 100
"""So many a month are a mistake, and each is a charge that costs a fee."""


def decide_rule(command: SetAutomaticTopUp, view: View, context: Context) -> Sequence[Event]:
    """Raises `Rejection`; see `SetAutomaticTopUp`. A rule that is off may name what is gone."""
    payer = view.get(Payer, command.account_id)
    if payer is None:
        raise absent("account", command.account_id)
    known = view.get(AutomaticTopUp, command.account_id)
    version = 0 if known is None else known.version
    context.check_version(version)
    terms = _checked(command.terms, payer, view)
    if command.enabled:
        check_open(command.account_id, view)
        chosen_method(terms.method_id, command.account_id, view)
    is_same = known is not None and (known.terms, known.enabled) == (terms, command.enabled)
    # Whoever says that it is off has seen that it switched itself off.
    if known is not None and is_same and not known.off_by_itself:
        return []
    return [same_fields(AutomaticTopUpSet, command, terms=terms, version=version + 1)]


def decide_fire(command: FireAutomaticTopUp, view: View, context: Context) -> Sequence[Event]:
    rule = view.get(AutomaticTopUp, command.account_id)
    if rule is None or not rule.enabled or rule.running is not None or rule.retry_at is not None:
        return []
    # A top-up by hand that is under way is as good.
    if running_top_up(rule.account_id, view) is not None:
        return []
    return _fired(rule, view, context)


def decide_retry(command: RetryAutomaticTopUp, view: View, context: Context) -> Sequence[Event]:
    rule = view.get(AutomaticTopUp, command.account_id)
    if rule is None or rule.retry_at is None or context.now < rule.retry_at:
        return []
    if rule.running is not None:
        return [
            AutomaticTopUpSwitchedOff(
                account_id=rule.account_id, reason=NO_ANSWER, version=rule.version + 1, top_up_id=rule.running
            )
        ]
    running = running_top_up(rule.account_id, view)
    if not rule.enabled or running is not None or not is_low(rule.account_id, rule.terms.threshold, view):
        return [AutomaticTopUpDropped(account_id=rule.account_id)]
    return _fired(rule, view, context)


def decide_ended(command: EndAutomaticTopUp, view: View, context: Context) -> Sequence[Event]:
    rule = view.get(AutomaticTopUp, command.account_id)
    if rule is None or rule.running != command.top_up_id:
        return []
    if command.succeeded:
        return [same_fields(AutomaticTopUpDone, command)]
    if command.hard or rule.failures >= len(RETRY_AFTER):
        reason = command.code or "declined"
        return [same_fields(AutomaticTopUpSwitchedOff, command, reason=reason, version=rule.version + 1)]
    retry_at = context.now + RETRY_AFTER[rule.failures]
    return [same_fields(AutomaticTopUpPostponed, command, failures=rule.failures + 1, retry_at=retry_at)]


def _fired(rule: AutomaticTopUp, view: View, context: Context) -> Sequence[Event]:
    """The charge, or why there is none."""
    time_zone = opened_payer(view, rule.account_id).time_zone
    month = local_date(context.now, time_zone).replace(day=1)
    n, so_far = rule.in_month(month)
    amount = EXACT.add(so_far, rule.terms.amount)
    if n >= rule.terms.monthly_count or amount > rule.terms.monthly_amount:
        retry_at = midnight((month + timedelta(days=31)).replace(day=1), time_zone)
        return [
            AutomaticTopUpHeld(account_id=rule.account_id, month=month, n=n, month_amount=so_far, retry_at=retry_at)
        ]
    top_up_id = context.new_id("automatic-top-up")
    money = Money(rule.terms.amount, rule.terms.currency)
    top_up = TopUpWallet(account_id=rule.account_id, top_up_id=top_up_id, amount=money, method_id=rule.terms.method_id)
    try:
        events = charged(top_up, view, context, automatic=True)
    except Rejection as refusal:
        off = AutomaticTopUpSwitchedOff(account_id=rule.account_id, reason=refusal.code, version=rule.version + 1)
        return [off]
    fired = AutomaticTopUpFired(
        account_id=rule.account_id,
        top_up_id=top_up_id,
        amount=money.amount,
        currency=money.currency,
        month=month,
        n=n + 1,
        month_amount=amount,
    )
    return [fired, *events]


def _checked(terms: AutomaticTopUpTerms, payer: Payer, view: View) -> AutomaticTopUpTerms:
    """With amounts in the currency's decimals. Raises `Rejection`."""
    check_limits(Money(terms.amount, terms.currency), payer, view)
    if not 0 <= terms.threshold < AMOUNT_MAX:
        raise Rejection("out_of_bounds", "a threshold is zero or above", pointer="/threshold/amount")
    threshold = terms.threshold
    if threshold:
        threshold = checked_amount(Money(threshold, terms.currency), payer, "a threshold", pointer="/threshold")
    if not 1 <= terms.monthly_count <= MONTHLY_MAX:
        raise Rejection("out_of_bounds", f"1 to {MONTHLY_MAX} top-ups a month are possible", pointer="/monthly_count")
    most = checked_amount(
        Money(terms.monthly_amount, terms.currency), payer, "the month's limit", pointer="/monthly_amount"
    )
    if most < terms.amount:
        detail = f"the month's limit {most} is below one top-up, {terms.amount}"
        raise Rejection("out_of_bounds", detail, pointer="/monthly_amount/amount")
    amount = checked_amount(Money(terms.amount, terms.currency), payer, "a top-up")
    said = {"threshold": threshold, "amount": amount, "monthly_amount": most}
    return same_fields(AutomaticTopUpTerms, terms, **said)
