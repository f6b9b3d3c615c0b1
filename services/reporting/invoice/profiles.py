"""How accounts are billed, as far as invoices ask: their rate, their tax, and when they fall due.

acc-1   14 days   20 %   {"kind": "account_rate", ...}
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from services.invoicing.bill_profile.messages import BillProfileOpened, TaxProfileChanged, TermsChanged
from shared.engine.rows import Change, Columns, Jsonb, Row, jsonb
from shared.engine.service import Applied
from shared.engine.tables import Tables, insert, update


class BillProfileKey(Columns, frozen=True, kw_only=True):
    """Which row of `bill_profile_row`."""

    TABLE = "bill_profile_row"
    KEY = ("account_id",)

    account_id: str


class BillProfileRow(BillProfileKey, Row, frozen=True, kw_only=True):
    """How an account is billed; `tax_rate` where it is taxed at one rate, `tax` the whole of its terms."""

    terms_days: int
    tax_rate: str | None
    tax: Jsonb
    own_terms: bool = False


class ProfileTaxed(BillProfileKey, Change, frozen=True, kw_only=True):
    tax_rate: str | None
    tax: Jsonb


class ProfileDue(BillProfileKey, Change, frozen=True, kw_only=True):
    terms_days: int
    own_terms: bool


TABLES: Final = Tables(insert(BillProfileRow), update(ProfileTaxed), update(ProfileDue))


def rows(batch: Sequence[Applied]) -> Iterator[Columns]:
    for event, _, _ in batch:
        match event:
            case BillProfileOpened():
                yield BillProfileRow.of(event, tax_rate=event.tax.rate, tax=jsonb(event.tax))
            case TaxProfileChanged():
                yield ProfileTaxed.of(event, tax_rate=event.tax.rate, tax=jsonb(event.tax))
            case TermsChanged():
                yield ProfileDue.of(event, own_terms=event.own)
