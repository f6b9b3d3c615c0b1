"""The body of a tax quote: lines with what they cost, and how each is taxed.

    {"currency": "EUR", "lines": [{"id": "1", "quantity": "132", "unit_price": "15.24", "base_quantity": "12",
                                   "category": "S", "rate": "21"}]}

A line costs its `net`, its `gross`, or `quantity` × `unit_price` ÷ `base_quantity`.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field, StrictBool, StrictStr

from services.invoicing.tax_quote.parties import PlaceBody, TaxBuyerBody, TaxSellerBody
from services.invoicing.taxes.engine.categories import Category
from services.invoicing.taxes.engine.sums import RoundBy
from shared.kernel.bodies import BillingDate, Body, PrintableText
from shared.kernel.money import CurrencyCode, DecimalString, PriceString

LINES_MAX: Final = 10_000
ADJUSTMENTS_MAX: Final = 1_000
RATE_MAX: Final = Decimal(1000)

Rate = Annotated[PriceString, Field(le=RATE_MAX)]
"""In percent."""
Reason = Annotated[PrintableText, Field(max_length=1000)]


class TaxQuoteAdjustment(Body):
    """An amount taken off (allowances) or added (charges) on the document, before tax.

    It is taxed in its category and rate; without a category it is spread over the lines by their nets.
    """

    amount: PriceString
    category: Category | None = None
    rate: Rate | None = None
    reason: Reason | None = None


class TaxQuoteLineBody(Body):
    """One line. `unit_price` is for `base_quantity` (1), with as many decimals as needed (R40), never below zero.

    `reason`: why it is not taxed (BT-120). In place of category and rate a `product_tax_class` has rules and tables say
    how it is taxed, for the parties that it names or else those of the whole quote.
    """

    id: Annotated[StrictStr, Field(min_length=1, max_length=64)] | None = None
    net: DecimalString | None = None
    gross: DecimalString | None = None
    quantity: DecimalString | None = None
    unit_price: PriceString | None = None
    base_quantity: Annotated[PriceString, Field(gt=Decimal(0))] | None = None
    category: Category | None = None
    rate: Rate | None = None
    reason: Reason | None = None
    product_tax_class: Annotated[StrictStr, Field(min_length=1, max_length=64)] | None = None
    seller: TaxSellerBody | None = None
    buyer: TaxBuyerBody | None = None
    ship_to: PlaceBody | None = None


class TaxQuoteBody(Body):
    """What to tax. `tax_round`: each group once, or each line; without it, as the jurisdictions say.

    With `prices_include_tax`, `gross` and `unit_price` hold the tax (R42). `seller`, `buyer` and `ship_to` are those of
    lines with a `product_tax_class` that name none; these need a `date`.
    """

    currency: CurrencyCode
    date: BillingDate | None = None
    tax_round: RoundBy | None = None
    prices_include_tax: StrictBool = False
    lines: Annotated[list[TaxQuoteLineBody], Field(min_length=1, max_length=LINES_MAX)]
    allowances: Annotated[list[TaxQuoteAdjustment], Field(max_length=ADJUSTMENTS_MAX)] = []
    charges: Annotated[list[TaxQuoteAdjustment], Field(max_length=ADJUSTMENTS_MAX)] = []
    prepaid: DecimalString = Decimal(0)
    seller: TaxSellerBody | None = None
    buyer: TaxBuyerBody | None = None
    ship_to: PlaceBody | None = None
