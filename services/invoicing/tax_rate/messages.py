"""Rates of tax: what a jurisdiction takes of which products, from a date on.

    DefineTaxRate("fr-vat", terms=RateTerms(jurisdiction_id="FR", tax="VAT", rate=Decimal(20), effective_from=...))
    -> TaxRateDefined
    ChangeTaxRate(...)     -> TaxRateChanged, all of it
    ImportTaxRates([...])  -> both, for what differs from what is there
    DeleteTaxRate(...)     -> TaxRateDeleted

Of several rates of one tax the one for the product's own tax class wins over the one for all (`*`), then the latest in
force. What is issued keeps the rate and its version that it was taxed by. Reference data: it lives in partition 0.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Final, Literal

from shared.kernel.bounds import Checked, Count
from shared.kernel.message import Command, Event, Message

Kind = Literal["percent", "tax_on_tax", "surcharge"]
Where = Literal["any", "intra_state", "inter_state"]

ANY_CLASS: Final = "*"
"""The tax class of a rate for all products that have none of their own."""
IMPORT_ROWS_MAX: Final = 500
RATES_MAX: Final = 2_000
"""Rates of one jurisdiction, past and future."""


class RateTerms(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """What a jurisdiction takes: `rate` in percent of the net price, in `category` (UNCL 5305).

    `kind`: a tax; a tax on tax, whose base has the tax of the rates that it `includes`; or a surcharge, a fee that the
    operator passes on. `share`: of how much of the price it is taken, in percent (an interstate part). `replaces` are
    rates that are not taken where this one is. `where`: only if seller and buyer are in the same state, or are not.
    In force from `effective_from` until before `effective_to`.
    """

    jurisdiction_id: str
    tax: str
    rate: Decimal
    effective_from: date
    effective_to: date | None = None
    product_tax_class: str = ANY_CLASS
    kind: Kind = "percent"
    category: str = "S"
    share: Decimal = Decimal(100)
    includes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    where: Where = "any"
    reason: str | None = None

    def in_force(self, on: date) -> bool:
        return self.effective_from <= on and (self.effective_to is None or on < self.effective_to)


class RateEntry(Checked, frozen=True, kw_only=True):
    """A row of an import."""

    rate_id: str
    terms: RateTerms


class OfRate(Message, frozen=True, kw_only=True):
    """What is asked or said of a rate."""

    KEY_FIELD = "rate_id"
    REFERENCE: ClassVar[bool] = True

    rate_id: str


class DefineTaxRate(OfRate, Command, frozen=True, kw_only=True):
    """Refused: `tax_rate_exists`, `tax_jurisdiction_not_found`, `tax_rate_overlaps`, `invalid`."""

    terms: RateTerms


class ChangeTaxRate(OfRate, Command, frozen=True, kw_only=True):
    """Say something else of a rate, such as when it ends; its jurisdiction stays.

    Refused: `tax_rate_not_found`, `tax_rate_overlaps`, `invalid`, `version_mismatch`.
    """

    terms: RateTerms


class DeleteTaxRate(OfRate, Command, frozen=True, kw_only=True):
    """Refused: `tax_rate_not_found`, `version_mismatch`."""


class ImportTaxRates(Command, frozen=True, kw_only=True):
    """Define and change rates until they are as these entries say, all or none.

    Refused: as the two; the pointer names the entry.
    """

    KEY_FIELD = "import_id"
    REFERENCE: ClassVar[bool] = True

    import_id: str
    entries: list[RateEntry]


class TaxRateDefined(OfRate, Event, frozen=True, kw_only=True):
    """A rate, version 1 of it."""

    terms: RateTerms


class TaxRateChanged(OfRate, Event, frozen=True, kw_only=True):
    """This is said of the rate from now on."""

    version: Count
    terms: RateTerms


class TaxRateDeleted(OfRate, Event, frozen=True, kw_only=True):
    """The rate is gone; its id may be given again."""

    jurisdiction_id: str
