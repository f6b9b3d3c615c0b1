"""Spend alerts: set, changed, removed, and reached once for each period.

Looking at an account's spend costs what closing its periods would. So it is not done for each record: usage of an
account with alerts makes it be looked at, once a minute at most (watching.py), and so does what else adds to its bill.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, assert_never

import msgspec

from services.rating.account.state import Account
from services.rating.period.live import LiveSpend, live_spend
from services.rating.pricing.engine.price import UnknownModel
from services.rating.spend_alert.messages import (
    ChangeSpendAlert,
    CheckSpend,
    RemoveSpendAlert,
    SetSpendAlert,
    SpendAlertChanged,
    SpendAlertRemoved,
    SpendAlertSet,
    SpendThresholdReached,
    SuspensionAsked,
    spend_alert_exists,
)
from services.rating.spend_alert.state import ALL, AlertedAccounts, SpendAlert, SpendAlerts
from shared.kernel.calendar import local_date
from shared.kernel.currency import Currency, minor_units
from shared.kernel.decider import Context, Gone, State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection, absent, unknown_aggregate
from shared.kernel.period import Period

ALERTS_MAX: Final = 20
ACCOUNTS_MAX: Final = 20_000
"""Of a partition: a change of any of its alerts rewrites the list, some 20 bytes for each."""

SpendAlertCommand = SetSpendAlert | ChangeSpendAlert | RemoveSpendAlert | CheckSpend
SpendAlertEvent = SpendAlertSet | SpendAlertChanged | SpendAlertRemoved | SpendThresholdReached | SuspensionAsked


def decide_spend_alert(command: SpendAlertCommand, view: View, context: Context) -> list[SpendAlertEvent]:
    match command:
        case SetSpendAlert():
            return [_set(command, view)]
        case ChangeSpendAlert():
            return _change(command, view, context)
        case RemoveSpendAlert():
            if not any(alert.alert_id == command.alert_id for alert in _alerts(command.account_id, view)):
                raise unknown_aggregate("spend_alert", command.alert_id)
            return [SpendAlertRemoved(alert_id=command.alert_id, account_id=command.account_id)]
        case CheckSpend():
            return _check(command, view, context)
        case _:
            assert_never(command)


def evolve_spend_alert(event: SpendAlertEvent, envelope: Envelope, view: View) -> list[State | Gone]:
    match event:
        case SpendAlertSet():
            alert = SpendAlert(alert_id=event.alert_id, threshold=event.threshold, action=event.action)
            return _kept(event.account_id, (*_alerts(event.account_id, view), alert), view)
        case SpendAlertChanged():
            return _kept(event.account_id, tuple(_changed(event, view)), view)
        case SpendAlertRemoved():
            left = tuple(alert for alert in _alerts(event.account_id, view) if alert.alert_id != event.alert_id)
            return _kept(event.account_id, left, view)
        case SpendThresholdReached():
            alerts = tuple(
                msgspec.structs.replace(alert, reached=event.period.start)
                if alert.alert_id == event.alert_id
                else alert
                for alert in _alerts(event.account_id, view)
            )
            return _kept(event.account_id, alerts, view)
        case SuspensionAsked():
            return []
        case _:
            assert_never(event)


def _set(command: SetSpendAlert, view: View) -> SpendAlertSet:
    account = view.get(Account, command.account_id)
    if account is None:
        raise absent("account", command.account_id, pointer="/account_id")
    account.check_open()
    alerts = _alerts(account.account_id, view)
    if any(alert.alert_id == command.alert_id for alert in alerts):
        raise spend_alert_exists(command.alert_id)
    _check_threshold(command.threshold, command.currency, account)
    others = view.get(AlertedAccounts, ALL)
    if len(alerts) >= ALERTS_MAX:
        raise Rejection("too_many_alerts", f"an account has at most {ALERTS_MAX} alerts; remove one", status=409)
    if not alerts and others is not None and len(others.accounts) >= ACCOUNTS_MAX:
        detail = f"{ACCOUNTS_MAX} accounts of this partition have alerts, which is the most; remove some"
        raise Rejection("too_many_alerts", detail, status=409)
    return SpendAlertSet(
        alert_id=command.alert_id,
        account_id=account.account_id,
        threshold=command.threshold,
        currency=account.currency,
        scope=command.scope,
        action=command.action,
    )


def _change(command: ChangeSpendAlert, view: View, context: Context) -> list[SpendAlertEvent]:
    account = view.get(Account, command.account_id)
    known = next((one for one in _alerts(command.account_id, view) if one.alert_id == command.alert_id), None)
    if account is None or known is None:
        raise unknown_aggregate("spend_alert", command.alert_id)
    context.check_version(known.version)
    if command.threshold is not None:
        _check_threshold(command.threshold, command.currency, account)
    threshold, action = command.threshold or known.threshold, command.action or known.action
    if (threshold, action) == (known.threshold, known.action):
        return []
    return [
        SpendAlertChanged(
            alert_id=known.alert_id,
            account_id=account.account_id,
            version=known.version + 1,
            threshold=threshold,
            currency=account.currency,
            scope="period",
            action=action,
        )
    ]


def _changed(event: SpendAlertChanged, view: View) -> Iterator[SpendAlert]:
    for alert in _alerts(event.account_id, view):
        if alert.alert_id != event.alert_id:
            yield alert
            continue
        yield SpendAlert(alert_id=event.alert_id, threshold=event.threshold, action=event.action, version=event.version)


def _check_threshold(threshold: Decimal, currency: Currency | None, account: Account) -> None:
    if currency != account.currency:
        detail = f"account {account.account_id} is in {account.currency}, the threshold in {currency}"
        raise Rejection("currency_mismatch", detail, pointer="/threshold/currency")
    if threshold <= 0:
        detail = f"a threshold is more than zero, not {threshold}"
        raise Rejection("invalid", detail, pointer="/threshold/amount")
    places = minor_units(account.currency)
    if threshold != threshold.quantize(Decimal(1).scaleb(-places)):
        detail = f"{account.currency} has {places} decimals, {threshold} has more"
        raise Rejection("too_many_decimals", detail, pointer="/threshold/amount")


def _check(command: CheckSpend, view: View, context: Context) -> list[SpendAlertEvent]:
    """The alerts that are reached and were not yet in the open period, the lowest first."""
    account = view.get(Account, command.account_id)
    period = account.open_period if account else None
    if account is None or period is None:
        return []
    pending = [alert for alert in _alerts(account.account_id, view) if alert.reached != period.start]
    spend = _spend(account, period, view, context) if pending else None
    found: list[SpendAlertEvent] = []
    for alert in sorted(pending, key=lambda alert: (alert.threshold, alert.alert_id)):
        if spend is None or spend.amount < alert.threshold:
            break
        reached = SpendThresholdReached(
            alert_id=alert.alert_id,
            account_id=account.account_id,
            period=period,
            threshold=alert.threshold,
            amount=spend.amount,
            currency=account.currency,
            gross=spend.gross,
        )
        found.append(reached)
        if alert.action == "cap":
            found.append(SuspensionAsked(**msgspec.structs.asdict(reached)))
    return found


def _spend(account: Account, period: Period, view: View, context: Context) -> LiveSpend | None:
    """What the close of the open period would charge by now; `None` where something can't be priced.

    That is for the close to say. Here it must not put the usage aside that was only to be looked at.
    """
    try:
        return live_spend(account, local_date(context.now, account.terms.time_zone), view).of_period(period)
    except (UnknownModel, Rejection):
        return None


def _alerts(account_id: str, view: View) -> tuple[SpendAlert, ...]:
    found = view.get(SpendAlerts, account_id)
    return found.alerts if found else ()


def _kept(account_id: str, alerts: tuple[SpendAlert, ...], view: View) -> list[State | Gone]:
    """The account's alerts, and the list of accounts that have any."""
    before, others = view.get(SpendAlerts, account_id), view.get(AlertedAccounts, ALL)
    accounts = dict(others.accounts) if others else {}
    changes: list[State | Gone] = []
    if alerts:
        held = before or SpendAlerts(account_id=account_id, alerts=())
        changes.append(msgspec.structs.replace(held, alerts=alerts))
        accounts[account_id] = len(alerts)
    else:
        changes.append(Gone(SpendAlerts, account_id))
        accounts.pop(account_id, None)
    if others is None or accounts != others.accounts:
        changes.append(AlertedAccounts(accounts=accounts) if accounts else Gone(AlertedAccounts, ALL))
    return changes
