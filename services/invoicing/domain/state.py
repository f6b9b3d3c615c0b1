"""What invoicing remembers to decide with: one small state per aggregate, folded from this service's own events.

BillingAccount   how an account is billed, which period is open, which drafts wait to be finalised
Invoice          one invoice in one of its stages; its lines until it is issued
AccountPage      the accounts of this partition in the order they were opened, a page at a time
Series, Numbered the last number of a series, and the number a state has
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final

import msgspec

from services.invoicing.events import InvoiceLine, TaxGroup
from shared.kernel.decider import State
from shared.kernel.ids import derive
from shared.kernel.period import Period
from shared.kernel.sealed import Sealed

ACCOUNTS_PER_PAGE: Final = 100
"""A page is decided in one go, so it bounds how long a run holds up its partition."""


class KnownCycle(State, frozen=True, kw_only=True):
    """A billing cycle that rating has defined (partition 0)."""

    cycle_id: str

    @property
    def key(self) -> str:
        return self.cycle_id


class PendingDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft whose period is closed and which is not locked yet; `agrees` is false where it needs a person.

    One that agrees and is `below_zero` waits for the account's next draft, which takes it over.
    """

    invoice_id: str
    period_end: date
    agrees: bool
    below_zero: bool = False


class BillingAccount(State, frozen=True, kw_only=True):
    """An account as invoicing bills it. `expected` is `None` until something is subscribed."""

    account_id: str
    name: Sealed
    currency: str
    tax_rate: Decimal
    cycle_id: str
    time_zone: str
    terms_days: int
    details: Sealed | None = None
    expected: Period | None = None
    pending: tuple[PendingDraft, ...] = ()

    @property
    def key(self) -> str:
        return self.account_id


class Assembling(msgspec.Struct, frozen=True, kw_only=True, tag="assembling"):
    """Lines are coming in; rating has not closed the period yet."""


class Drafted(msgspec.Struct, frozen=True, kw_only=True, tag="drafted"):
    """Complete and in agreement with rating: may be finalised."""


class Disagreed(msgspec.Struct, frozen=True, kw_only=True, tag="disagreed"):
    """Lines received and lines announced differ: waits for a person."""


class CarriedForward(msgspec.Struct, frozen=True, kw_only=True, tag="carried_forward"):
    """It came to less than zero: its amount is a line of the invoice `into`, and this one is never issued."""

    into: str


class Locked(msgspec.Struct, frozen=True, kw_only=True, tag="locked"):
    """Tax and totals are fixed, a number is on its way."""

    net: Decimal
    tax: Decimal
    total: Decimal
    tax_groups: list[TaxGroup]
    terms_days: int
    run_id: str | None = None


class Issued(msgspec.Struct, frozen=True, kw_only=True, tag="issued"):
    """Numbered and final. `amount_due` is `None` until payments has said what credit paid of it at issue."""

    number: str
    issued_on: date
    amount_due: Decimal | None = None


Stage = Assembling | Drafted | Disagreed | CarriedForward | Locked | Issued


class Invoice(State, frozen=True, kw_only=True):
    """One invoice. `lines` are dropped once it is issued: `InvoiceIssued` holds them for ever.

    `version` counts the events of this invoice, for `If-Match`.
    """

    invoice_id: str
    account_id: str
    currency: str
    period: Period
    stage: Stage
    version: int
    lines: tuple[InvoiceLine, ...] = ()

    @property
    def key(self) -> str:
        return self.invoice_id


class AccountIndex(State, frozen=True, kw_only=True):
    """How many accounts live in this partition; the last page is the one that holds the last of them."""

    KEY: ClassVar[str] = "accounts"

    accounts: int

    @property
    def key(self) -> str:
        return self.KEY


class AccountPage(State, frozen=True, kw_only=True):
    """Up to `ACCOUNTS_PER_PAGE` accounts in the order they were opened, so that a walk meets each once."""

    page: int
    account_ids: tuple[str, ...]

    @property
    def key(self) -> str:
        return str(self.page)


class Series(State, frozen=True, kw_only=True):
    """A numbering series, in the partition that owns it."""

    series_id: str
    last: int
    last_issued_on: date

    @property
    def key(self) -> str:
        return self.series_id


class Numbered(State, frozen=True, kw_only=True):
    """The number a state has in a series."""

    series_id: str
    invoice_id: str
    n: int
    number: str
    issued_on: date

    @property
    def key(self) -> str:
        return numbered_key(self.series_id, self.invoice_id)


class BillingRun(State, frozen=True, kw_only=True):
    """That a run exists; how far it is, is a count over the pages (api/runs.py)."""

    run_id: str

    @property
    def key(self) -> str:
        return self.run_id


STATES: Final[tuple[type[State], ...]] = (
    KnownCycle,
    BillingAccount,
    Invoice,
    AccountIndex,
    AccountPage,
    Series,
    Numbered,
    BillingRun,
)


def numbered_key(series_id: str, invoice_id: str) -> str:
    """Where `Numbered` finds the number of a state in a series."""
    return f"{series_id}/{invoice_id}"


def invoice_id_of(account_id: str, period: Period) -> str:
    """The invoice of an account's billing period: the same in every retry, so a period has one invoice (R12).

    >>> invoice_id_of("acc-1", Period(date(2026, 9, 1), date(2026, 10, 1)))
    '6oortdkdbzlvgm3ij465xwcn6i'
    """
    return derive("invoice", account_id, period.start.isoformat(), period.end.isoformat())
