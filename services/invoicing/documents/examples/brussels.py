"""A household in Brussels: fibre, data beyond the allowance in two tiers, 50.00 of credit applied."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from services.invoicing.documents.contract import InvoiceContents
from services.invoicing.invoice.messages import InvoiceLine, LineStep, Seller, TaxGroup
from services.rating.period.messages import DailyUsage
from shared.kernel.customer import AddressBody
from shared.kernel.period import Period

SEPTEMBER: Final = Period(date(2026, 9, 1), date(2026, 10, 1))
GIGABYTE: Final = "1000000000"

NORTHWIND: Final = Seller(
    name="Northwind Telecom",
    address="12 Harbour Street\n1050 Brussels\nBelgium",
    tax_id="VAT BE 0123.456.749",
    payment_details="IBAN BE71 0961 2345 6769 · BIC GKCCBEBB",
    street="12 Harbour Street",
    postal_code="1050",
    city="Brussels",
    country="BE",
    vat_id="BE0123456749",
    registration_id="0123456749",
    electronic_address="0208:0123456749",
    iban="BE71096123456769",
    bic="GKCCBEBB",
    email="billing@northwind.example",
    phone="+32 2 555 01 00",
)

FIBRE: Final = InvoiceLine(
    n=1,
    charge_id="c1",
    kind="recurring",
    description="Fibre 500",
    subscription_id="sub-1",
    plan_id="fibre-500",
    plan_version=1,
    period=SEPTEMBER,
    net=Decimal("39.90"),
    unrounded=Decimal("39.90"),
    fraction="1",
    steps=[LineStep(tier="1", quantity="1", unit_price="39.90", amount="39.90")],
)

_GIGABYTES_A_DAY: Final = (
    *(9, 11, 8, 14, 22, 19, 6, 7, 10, 12, 13, 21, 18, 8, 9),
    *(7, 11, 15, 20, 17, 5, 0, 8, 9, 12, 14, 19, 16, 6, 4),
)
"""350 in all."""

DATA: Final = InvoiceLine(
    n=2,
    charge_id="c2",
    kind="usage",
    description="Data beyond the allowance",
    subscription_id="sub-1",
    plan_id="fibre-500",
    plan_version=1,
    period=SEPTEMBER,
    net=Decimal("1115.50"),
    unrounded=Decimal("1115.50"),
    meter="data.octets",
    unit="octets",
    quantity=Decimal("350000000000"),
    records=8640,
    steps=[
        LineStep(tier="included", quantity="100000000000", amount="0"),
        LineStep(tier="1", quantity="100000000000", unit_price="1.15", amount="115", unit_size=GIGABYTE),
        LineStep(tier="2", quantity="150000000000", unit_price="6.67", amount="1000.50", unit_size=GIGABYTE),
    ],
    daily=DailyUsage(first=date(2026, 9, 1), quantities=[str(n * int(GIGABYTE)) for n in _GIGABYTES_A_DAY]),
)

BRUSSELS: Final = InvoiceContents(
    number="INV-000042",
    account_id="acc-1",
    bill_to="Élodie Ångström-Müller",
    bill_to_address=AddressBody(lines=["Rue Haute 12"], postal_code="1000", city="Brussels", country="BE"),
    bill_to_tax_id="BE 0987.654.394",
    bill_to_electronic_address="0208:0987654394",
    buyer_reference="PO 4711",
    language="en",
    currency="EUR",
    issued_on=date(2026, 10, 1),
    due_on=date(2026, 10, 15),
    period=SEPTEMBER,
    lines=[FIBRE, DATA],
    tax_groups=[
        TaxGroup(category="S", rate=Decimal("20"), base=Decimal("1155.40"), tax=Decimal("231.08")),
    ],
    net=Decimal("1155.40"),
    tax=Decimal("231.08"),
    total=Decimal("1386.48"),
    credit_applied=Decimal("50.00"),
    seller=NORTHWIND,
)
