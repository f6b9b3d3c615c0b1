"""Customers of the same seller elsewhere: what a tax of 0 says of itself, two rates, and a credit note.

GERMAN    a business: reverse charge, calls in blocks of a minute, half a month
FRENCH    two rates of VAT, each on lines of its own
SPANISH   a public body: exempt, with the reason
CREDIT    of the first, in German: it cites the invoice that it takes a part of back
DISCOUNTED  the French one with 10 % and 5.00 off, over both rates
ARABIC    outside VAT, set from right to left
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec

from services.invoicing.documents.contract import Cited
from services.invoicing.documents.examples.brussels import BRUSSELS, FIBRE, NORTHWIND
from services.invoicing.invoice.messages import Allowance, AllowanceShare, LineStep, TaxGroup
from shared.kernel.customer import AddressBody
from shared.kernel.period import Period

_HALF: Final = Period(date(2026, 9, 16), date(2026, 10, 1))

_OFFICE: Final = msgspec.structs.replace(
    FIBRE,
    description="15 of 30 days of Office 1000",
    plan_id="office-1000",
    period=_HALF,
    net=Decimal("64.50"),
    unrounded=Decimal("64.50"),
    fraction="0.5",
    steps=[LineStep(tier="1", quantity="0.5", unit_price="129.00", amount="64.50")],
)
_CALLS: Final = msgspec.structs.replace(
    FIBRE,
    n=2,
    charge_id="c2",
    kind="usage",
    description="Calls to mobile networks",
    plan_id="office-1000",
    net=Decimal("24.65"),
    unrounded=Decimal("24.65"),
    meter="voice.seconds",
    unit="seconds",
    quantity=Decimal("7389"),
    records=61,
    fraction=None,
    steps=[LineStep(tier="1", quantity="7389", unit_price="0.1988", amount="24.6512", unit_size="60")],
)


def _group(category: str, rate: str, base: str, tax: str, *, reason: str | None = None, line: int = 0) -> TaxGroup:
    lines = [line] if line else []
    return TaxGroup(
        category=category, rate=Decimal(rate), base=Decimal(base), tax=Decimal(tax), reason=reason, lines=lines
    )


def _totals(net: str, tax: str, total: str) -> dict[str, Decimal]:
    return {"net": Decimal(net), "tax": Decimal(tax), "total": Decimal(total), "credit_applied": Decimal(0)}


GERMAN: Final = msgspec.structs.replace(
    BRUSSELS,
    number="INV-000043",
    account_id="acc-2",
    bill_to="Möbelhaus Größe & Söhne GmbH",
    bill_to_address=AddressBody(
        lines=["Hofgut 3", "Gebäude C", "2. Stock", "z. Hd. Buchhaltung"],
        postal_code="79098",
        city="Freiburg",
        country="DE",
    ),
    bill_to_tax_id="DE 123456788",
    bill_to_electronic_address="9930:DE123456788",
    buyer_reference="04011000-12345-67",
    language="de",
    lines=[_OFFICE, _CALLS],
    tax_groups=[_group("AE", "0", "89.15", "0.00")],
    **_totals("89.15", "0.00", "89.15"),
)
FRENCH: Final = msgspec.structs.replace(
    BRUSSELS,
    number="INV-000044",
    account_id="acc-3",
    bill_to="Chloé Lefèvre",
    bill_to_address=AddressBody(lines=["8 rue de la Paix"], postal_code="75002", city="Paris", country="FR"),
    bill_to_tax_id="",
    bill_to_electronic_address="",
    buyer_reference="",
    language="fr",
    tax_groups=[
        _group("S", "20", "39.90", "7.98", line=1),
        _group("S", "5.5", "1115.50", "61.35", line=2),
    ],
    **_totals("1155.40", "69.33", "1224.73"),
)


def _off(reason: str, code: str, amount: str, base: str, shares: tuple[str, str], **other: Any) -> Allowance:
    amounts = zip(FRENCH.tax_groups, shares, strict=True)
    return Allowance(
        discount_id=f"discount-{code}",
        reason=reason,
        code=code,
        amount=Decimal(amount),
        base=Decimal(base),
        period=FRENCH.period,
        shares=[AllowanceShare(category=one.category, rate=one.rate, amount=Decimal(part)) for one, part in amounts],
        **other,
    )


DISCOUNTED: Final = msgspec.structs.replace(
    FRENCH,
    number="INV-000048",
    allowances=[
        _off(
            "Bienvenue", "coupon", "115.54", "1155.40", ("3.99", "111.55"), percent=Decimal(10), coupon_id="BIENVENUE"
        ),
        _off("Geste commercial", "goodwill", "5.00", "1039.86", ("0.17", "4.83")),
    ],
    tax_groups=[
        _group("S", "20", "35.74", "7.15", line=1),
        _group("S", "5.5", "999.12", "54.95", line=2),
    ],
    **_totals("1034.86", "62.10", "1096.96"),
)
SPANISH: Final = msgspec.structs.replace(
    FRENCH,
    number="INV-000045",
    account_id="acc-4",
    bill_to="Ayuntamiento de Peñíscola",
    bill_to_address=AddressBody(
        lines=["Plaza Mayor 1"], postal_code="12598", city="Peñíscola", region="Castellón", country="ES"
    ),
    bill_to_tax_id="P1208900I",
    language="es",
    lines=[FIBRE],
    tax_groups=[_group("E", "0", "39.90", "0.00", reason="Exempt under article 151 of Directive 2006/112/EC")],
    **_totals("39.90", "0.00", "39.90"),
)
CREDIT: Final = msgspec.structs.replace(
    GERMAN,
    kind="credit_note",
    number="CN-000007",
    issued_on=date(2026, 10, 20),
    due_on=date(2026, 10, 20),
    lines=[_CALLS],
    tax_groups=[_group("AE", "0", "24.65", "0.00")],
    **_totals("24.65", "0.00", "24.65"),
    cites=(Cited(number="INV-000043", issued_on=date(2026, 10, 1)),),
    note="Anrufe vom 12. September doppelt berechnet",
)
DEBIT: Final = msgspec.structs.replace(
    FRENCH,
    kind="debit_note",
    number="DN-000003",
    issued_on=date(2026, 10, 20),
    due_on=date(2026, 11, 3),
    lines=[msgspec.structs.replace(FIBRE, kind="debit", charge_id="", description="Box, non rendue", steps=[])],
    tax_groups=[_group("S", "20", "39.90", "7.98")],
    **_totals("39.90", "7.98", "47.88"),
    cites=(Cited(number="INV-000044", issued_on=date(2026, 10, 1)),),
    note="Non rendue au 30 septembre",
)
ARABIC: Final = msgspec.structs.replace(
    SPANISH,
    number="INV-000046",
    account_id="acc-5",
    bill_to="شركة الاتصالات المتحدة",
    bill_to_address=AddressBody(lines=["شارع التحلية ١٢"], postal_code="12241", city="الرياض", country="SA"),
    bill_to_tax_id="310122393500003",
    language="ar",
    lines=BRUSSELS.lines,
    tax_groups=[_group("O", "0", "1155.40", "0.00")],
    **_totals("1155.40", "0.00", "1155.40"),
    seller=msgspec.structs.replace(NORTHWIND, electronic_address=""),
)

ABROAD: Final = (GERMAN, FRENCH, SPANISH, CREDIT, DEBIT, ARABIC, DISCOUNTED)
