"""The household again, which paid late: 5.00 or 2 % for the reminder, interest in two spans, and a fee that is waived.

39.90 at 20 %, and 5.00 + 0.25 outside the scope of VAT      39.90 + 7.98 + 5.25 = 53.13
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.documents.examples.brussels import BRUSSELS, FIBRE
from services.invoicing.invoice.late_fee_lines import line_of, waiver_of
from services.invoicing.invoice.messages import TaxGroup
from services.invoicing.late_fee.messages import InterestSpan, LateFeeAsked
from services.invoicing.taxes.engine.outside_vat import REASON


def _span(first: int, end: date, base: str, amount: str) -> InterestSpan:
    return InterestSpan(start=date(2026, 8, first), end=end, base=Decimal(base), amount=Decimal(amount))


_FEE: Final = LateFeeAsked(
    fee_id="fee-1",
    invoice_id="inv-1",
    number="INV-000017",
    due_on=date(2026, 8, 15),
    step=1,
    kind="greater_of",
    amount=Decimal("5.00"),
    currency="EUR",
    base=Decimal("200.00"),
    charged_on=date(2026, 8, 19),
    policy_id="standard",
    policy_version=2,
    flat=Decimal("5.00"),
    percent=Decimal(2),
)
_INTEREST: Final = msgspec.structs.replace(
    _FEE,
    fee_id="fee-2",
    step=2,
    kind="daily_interest",
    amount=Decimal("0.25"),
    base=Decimal("100.00"),
    charged_on=date(2026, 9, 1),
    flat=None,
    percent=None,
    annual_rate=Decimal(9),
    days_in_year="365",
    spans=(
        _span(25, date(2026, 8, 28), "200.00", "0.147945205"),
        _span(28, date(2026, 9, 1), "100.00", "0.098630137"),
    ),
)
_LATER: Final = msgspec.structs.replace(
    _FEE, fee_id="fee-3", kind="flat", step=3, amount=Decimal("7.50"), flat=Decimal("7.50"), percent=None
)
_FEES: Final = [line_of(_FEE, 2), line_of(_INTEREST, 3), line_of(_LATER, 4), waiver_of(line_of(_LATER, 4), 5)]

LATE: Final = msgspec.structs.replace(
    BRUSSELS,
    number="INV-000047",
    lines=[FIBRE, *_FEES],
    tax_groups=[
        TaxGroup(category="S", rate=Decimal(20), base=Decimal("39.90"), tax=Decimal("7.98"), lines=[1]),
        TaxGroup(
            category="E",
            rate=Decimal(0),
            base=Decimal("5.25"),
            tax=Decimal("0.00"),
            reason=REASON,
            lines=[line.n for line in _FEES],
        ),
    ],
    net=Decimal("45.15"),
    tax=Decimal("7.98"),
    total=Decimal("53.13"),
    credit_applied=Decimal(0),
)
