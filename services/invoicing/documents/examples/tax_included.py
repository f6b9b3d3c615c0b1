"""The household once more, at prices that include tax: 9.99 a month, three calls in tiers, and 10 % off all of it.

9.99 and 4.50 at 19 %     8.39 + 3.79 net, less 0.84 + 0.38     10.96 + 2.08 = 13.04, which is 14.49 less 1.45
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.documents.examples.brussels import BRUSSELS, FIBRE
from services.invoicing.invoice.messages import Allowance, AllowancePart, AllowanceShare, LineStep, TaxGroup

_MOBILE: Final = msgspec.structs.replace(
    FIBRE,
    description="Mobile M",
    net=Decimal("8.39"),
    unrounded=Decimal("9.99"),
    gross=Decimal("9.99"),
    steps=[LineStep(tier="1", quantity="1", unit_price="9.99", amount="9.99")],
)
_CALLS: Final = msgspec.structs.replace(
    _MOBILE,
    n=2,
    kind="usage",
    description="Mobile M: calls abroad",
    net=Decimal("3.79"),
    unrounded=Decimal("4.50"),
    gross=Decimal("4.50"),
    unit="min",
    quantity=Decimal(12),
    steps=[
        LineStep(tier="1", quantity="10", unit_price="0.40", amount="4.00"),
        LineStep(tier="2", quantity="2", unit_price="0.25", amount="0.50"),
    ],
)
_WHY: Final = "goodwill"
_OFF: Final = Allowance(
    discount_id="disc-1",
    reason="Welcome",
    code=_WHY,
    amount=Decimal("1.22"),
    base=Decimal("12.18"),
    gross=Decimal("1.45"),
    period=BRUSSELS.period,
    percent=Decimal(10),
    shares=[AllowanceShare(category="S", rate=Decimal(19), amount=Decimal("1.22"))],
    parts=[
        AllowancePart(n=1, net=Decimal("0.84"), gross=Decimal("1.00")),
        AllowancePart(n=2, net=Decimal("0.38"), gross=Decimal("0.45")),
    ],
)

TAX_INCLUDED: Final = msgspec.structs.replace(
    BRUSSELS,
    number="INV-000048",
    lines=[_MOBILE, _CALLS],
    tax_groups=[TaxGroup(category="S", rate=Decimal(19), base=Decimal("10.96"), tax=Decimal("2.08"))],
    allowances=[_OFF],
    net=Decimal("10.96"),
    tax=Decimal("2.08"),
    total=Decimal("13.04"),
    credit_applied=Decimal(0),
)
