"""What documents print, as events carry it: seller, lines and their steps, allowances, taxes, cited documents.

InvoiceLine(n=1, description="Office 100", period=Period(2026-10-01, 2026-11-01), net=Decimal("49.90"), ...)
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from services.rating.period.messages import DailyUsage as DailyUsage
from shared.kernel.bounds import Checked, Count, PlainDecimal, Seq
from shared.kernel.period import Period


class Seller(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Who issues a document. `address` and `payment_details` may have several lines; what is empty is not printed.

    The others are what electronic invoices need apart: the address in its parts, `country` by ISO 3166-1 alpha-2, the
    VAT id with its prefix, `electronic_address` as `scheme:id` (EN 16931, BT-34).
    """

    name: str
    address: str = ""
    tax_id: str = ""
    payment_details: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    vat_id: str = ""
    registration_id: str = ""
    electronic_address: str = ""
    iban: str = ""
    bic: str = ""
    email: str = ""
    phone: str = ""


class LateFeeReason(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Why a late fee is asked for: `invoice_number` was due on `due_on`, and `base` of it was overdue.

    A fee is flat, or `percent` of that, whichever is more where both are named; or interest of `annual_rate` percent
    from `start` until before `end`. `capped`: it is less than that, as fees of the invoice have come to their cap.
    `waived`: the line takes the fee back.
    """

    fee_id: str
    invoice_number: str
    due_on: date
    policy_id: str
    policy_version: Count
    base: PlainDecimal
    flat: PlainDecimal | None = None
    percent: PlainDecimal | None = None
    annual_rate: PlainDecimal | None = None
    days_in_year: str | None = None
    start: date | None = None
    end: date | None = None
    capped: bool = False
    waived: bool = False


class LineStep(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """One term of a line's amount, before rounding and as it is shown. `tier` counts from "1", or says "minimum".

    With `unit_size`, `unit_price` is for each started block of that many units. `label` says in words what was priced,
    such as a destination; `count` records have a part in it. `late_fee` is what a late fee is for.
    """

    tier: str
    quantity: PlainDecimal | None = None
    unit_price: PlainDecimal | None = None
    amount: PlainDecimal | None = None
    unit_size: PlainDecimal | None = None
    flat_fee: PlainDecimal | None = None
    label: str | None = None
    count: PlainDecimal | None = None
    late_fee: LateFeeReason | None = None


class InvoiceLine(Checked, frozen=True, kw_only=True):
    """One line. `net` is rounded to the currency, `quantity` exact, in `unit`; `charge_id` leads back to rating.

    A line of kind `carried_forward` has no charge, subscription or plan ("", version 0): `carried_from` is the draft
    that it sums up; one of kind `late_fee` has none either. `account_id`: whose charge it is, where another one pays.
    `charge_event` is where the charge stands in the log of rating (rating/2/1842); lines of before it was kept have
    none. `daily` is its usage by day, where the charge tells that.

    `gross`: what the customer was told, tax included (R42); `net` is what is left of it without the tax. Of a draft
    that is not complete it is the gross price: how it is taxed is not told yet.
    """

    n: Count
    charge_id: str
    kind: str
    description: str
    subscription_id: str
    plan_id: str
    plan_version: Count
    period: Period
    net: Decimal
    unrounded: Decimal
    meter: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    records: Seq = 0
    fraction: str | None = None
    steps: list[LineStep] = []
    carried_from: str | None = None
    tax_class: str | None = None
    account_id: str | None = None
    charge_event: str | None = None
    daily: DailyUsage | None = None
    gross: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What it is priced at: what rating has charged, and discounts are taken of."""
        return self.net if self.gross is None else self.gross


class TaxGroup(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """Tax of one (category, rate) group: base × rate, rounded once (EN 16931). `rate` in percent.

    `name` is what a document calls it, `reason` why there is none (BT-120); older groups have neither.

    Where tables of taxes said so, what explains it: the `jurisdiction` whose tax it is, the `rule` and the version of
    the rate by which it is taken, its `kind` (percent, tax_on_tax, surcharge), the `share` of the price that it takes
    in percent (`None`: all), how it was rounded, and the numbers of the `lines` that it is taken of.
    """

    category: str
    rate: Decimal
    base: Decimal
    tax: Decimal
    name: str = ""
    reason: str | None = None
    kind: str | None = None
    jurisdiction: str | None = None
    rule: str | None = None
    rate_id: str | None = None
    rate_version: Count | None = None
    share: Decimal | None = None
    round_by: str | None = None
    lines: list[Count] = []


class DocumentReference(Checked, frozen=True, kw_only=True):
    """An issued document that another one corrects or replaces, as that one prints it (EN 16931, BG-3)."""

    id: str
    number: str
    issued_on: date


class AllowanceShare(Checked, frozen=True, kw_only=True):
    """What of an allowance falls on the lines of a group of tax."""

    category: str
    rate: Decimal
    amount: Decimal


class AllowancePart(Checked, frozen=True, kw_only=True):
    """What of an allowance falls on line `n`, before tax; of a line that includes tax also `gross`, with it."""

    n: Count
    net: Decimal
    gross: Decimal | None = None


class Allowance(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """`amount` is taken off a document before tax, for a `reason` that it prints, by a discount of the account.

    `code` is why the discount was given. It is `percent` of `base`, where it is a percentage; `base` is what was left
    of the lines that it is taken of: `lines` by their numbers, all where none are named. `period` is the billing period
    that it counts for. `shares` are by group of tax, in the order of the groups.

    Where lines include tax, the discount is taken of what the customer was told: `gross` is so much, of which the
    allowance of `amount` is what it is before tax; `parts` are by line.
    """

    discount_id: str
    reason: str
    code: str
    amount: Decimal
    base: Decimal
    period: Period
    percent: Decimal | None = None
    coupon_id: str | None = None
    lines: list[Count] = []
    shares: list[AllowanceShare] = []
    gross: Decimal | None = None
    parts: list[AllowancePart] = []

    @property
    def used(self) -> Decimal:
        """What of the discount is used up by it."""
        return self.amount if self.gross is None else self.gross
