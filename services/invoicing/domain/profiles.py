"""Accounts as invoicing bills them: taken over from rating when they open, then followed period by period.

AccountOpened (rating)      -> BillProfileOpened     currency, tax rate, cycle, terms
SubscriptionStarted, PeriodClosed -> PeriodExpected  the period a billing run may find open
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from services.invoicing.commands import ExpectPeriod, NoteBillingCycle, OpenBillProfile
from services.invoicing.domain.state import (
    ACCOUNTS_PER_PAGE,
    AccountIndex,
    AccountPage,
    BillingAccount,
    KnownCycle,
)
from services.invoicing.events import BillingCycleKnown, BillProfileOpened, PeriodExpected
from shared.kernel.decider import State, View
from shared.kernel.errors import NeverBegan
from shared.kernel.message import Event

TERMS_DAYS: Final = 14
"""Days from issue to due date of an account that has agreed nothing else."""


class UnknownAccount(NeverBegan):
    """Rating reported on an account whose opening was never seen here: a fault in the log, not a refusal.

    The runtime parks the input with its payload; nothing of the account is skipped.
    """


def decide_cycle(command: NoteBillingCycle, view: View) -> Sequence[Event]:
    if view.get(KnownCycle, command.cycle_id) is not None:
        return []
    return [BillingCycleKnown(cycle_id=command.cycle_id, name=command.name)]


def evolve_cycle(event: BillingCycleKnown) -> Iterable[State]:
    return [KnownCycle(cycle_id=event.cycle_id)]


def decide_profile(command: OpenBillProfile, view: View) -> Sequence[Event]:
    if view.get(BillingAccount, command.account_id) is not None:
        return []
    return [
        BillProfileOpened(
            account_id=command.account_id,
            name=command.name,
            currency=command.currency,
            tax_rate=command.tax_rate,
            cycle_id=command.cycle_id,
            time_zone=command.time_zone,
            terms_days=TERMS_DAYS,
            details=command.details,
        )
    ]


def evolve_profile(event: BillProfileOpened, view: View) -> Iterable[State]:
    """The account, and its place on the last page of the partition's accounts."""
    index = view.get(AccountIndex, AccountIndex.KEY) or AccountIndex(accounts=0)
    number = index.accounts // ACCOUNTS_PER_PAGE
    page = view.get(AccountPage, str(number)) or AccountPage(page=number, account_ids=())
    yield AccountIndex(accounts=index.accounts + 1)
    yield AccountPage(page=number, account_ids=(*page.account_ids, event.account_id))
    yield BillingAccount(
        account_id=event.account_id,
        name=event.name,
        currency=event.currency,
        tax_rate=event.tax_rate,
        cycle_id=event.cycle_id,
        time_zone=event.time_zone,
        terms_days=event.terms_days,
        details=event.details,
    )


def decide_expected(command: ExpectPeriod, view: View) -> Sequence[Event]:
    account = billing_account(view, command.account_id)
    if account.expected == command.period:
        return []
    return [PeriodExpected(account_id=command.account_id, period=command.period)]


def evolve_expected(event: PeriodExpected, view: View) -> Iterable[State]:
    account = billing_account(view, event.account_id)
    yield msgspec.structs.replace(account, expected=event.period)


def billing_account(view: View, account_id: str) -> BillingAccount:
    """The account, which must be there. Raises `UnknownAccount`."""
    account = view.get(BillingAccount, account_id)
    if account is None:
        raise UnknownAccount(f"account {account_id} was never opened in invoicing")
    return account
