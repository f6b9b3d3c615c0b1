"""What counts for an account's dunning, read of the view at the moment of the decision: nobody is cut who has paid,
promised or disputed meanwhile."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from services.payments.balance.state import Payer
from services.payments.dispute.state import disputed
from services.payments.dunning.looking import InForce, Promised, Seen
from services.payments.dunning.standing import standing
from services.payments.dunning.state import DunningAccount
from services.payments.dunning_policy.state import (
    DEFAULT,
    DunningDefault,
    DunningPolicyVersion,
    policy_there,
    version_key,
)
from services.payments.promise.state import OpenPromise
from shared.kernel.calendar import local_date
from shared.kernel.decider import View


def account_of(account_id: str, view: View) -> DunningAccount:
    """The account; one of which nothing was said is like any other."""
    return view.get(DunningAccount, account_id) or DunningAccount(account_id=account_id)


class Default(NamedTuple):
    """The operator's policy where it was set a moment ago, and may not be in the tables yet; `None` for none."""

    policy_id: str | None


def seen(payer: Payer, account: DunningAccount, view: View, now: datetime, default: Default | None = None) -> Seen:
    """What counts now. A promise whose day is over holds until it is told that it was broken: that may follow at the
    same instant."""
    promise = view.get(OpenPromise, payer.account_id)
    return _seen(payer, account, view, local_date(now, payer.time_zone), promise, default)


def seen_on(payer: Payer, account: DunningAccount, view: View, today: date) -> Seen:
    """As if the beginning of the day `today` were now, and all that was due then had happened."""
    promise = view.get(OpenPromise, payer.account_id)
    return _seen(payer, account, view, today, None if promise is None or promise.pay_by < today else promise)


def _seen(
    payer: Payer,
    account: DunningAccount,
    view: View,
    today: date,
    promise: OpenPromise | None,
    default: Default | None = None,
) -> Seen:
    return Seen(
        today=today,
        currency=payer.currency,
        time_zone=payer.time_zone,
        standing=standing(payer.owed, today, lambda invoice_id: disputed(invoice_id, view)),
        policy=_policy(account, view, default),
        running=_running(account, view),
        promise=None if promise is None else Promised(promise.pay_by, promise.restores),
    )


def _policy(account: DunningAccount, view: View, default: Default | None) -> InForce | None:
    """Its own, else the operator's; `None` where there is none."""
    policy = policy_there(account.policy_id, view)
    if policy is None:
        known = default or view.get(DunningDefault, DEFAULT)
        policy = policy_there(known.policy_id if known else None, view)
    return None if policy is None else InForce(policy.policy_id, policy.version, policy.terms)


def _running(account: DunningAccount, view: View) -> InForce | None:
    case = account.case
    if case is None:
        return None
    version = view.get(DunningPolicyVersion, version_key(case.policy_id, case.policy_version))
    return None if version is None else InForce(version.policy_id, version.version, version.terms)
