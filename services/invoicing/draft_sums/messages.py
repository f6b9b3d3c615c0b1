"""What the drafts of an account come to, told to who begins to keep an eye on it. From then on `InvoiceDrafted` says.

TellDrafts(account_id="acc-1", currency="EUR")    -> DraftsTold(drafts=[…], tax_rate="20")
"""

from __future__ import annotations

from decimal import Decimal

from shared.kernel.bounds import Checked, PlainDecimal
from shared.kernel.currency import Currency
from shared.kernel.message import Command, Event
from shared.kernel.period import Period


class TellDrafts(Command, frozen=True, kw_only=True):
    """Say which drafts of the account wait, and what each comes to. Never refused, for whoever asks waits for it."""

    account_id: str
    currency: Currency


class DraftSum(Checked, frozen=True, kw_only=True):
    """A complete draft, as locking it now would fix it."""

    invoice_id: str
    period: Period
    net: Decimal
    tax: Decimal
    total: Decimal


class DraftsTold(Event, frozen=True, kw_only=True):
    """These drafts of the account wait to be issued: charged, and on no invoice yet. `tax_rate` in percent, where the
    account is taxed at one rate."""

    account_id: str
    currency: Currency
    drafts: list[DraftSum] = []
    tax_rate: PlainDecimal | None = None
