"""A line's part of the taxes of its document (R39, R41)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from services.invoicing.invoice.explaining import taxes_of
from services.invoicing.invoice.messages import Allowance
from tests.services.invoicing.credit_note.test_crediting import group, line
from tests.services.invoicing.story import SEPTEMBER


def test_a_line_that_a_discount_pays_has_no_part_of_the_tax() -> None:
    """30.00 and 10.00, of which the second is free: 20 % of 30.00 is of the first alone."""
    free = Allowance(
        discount_id="d-1",
        reason="Free month",
        code="promotion",
        percent=Decimal(100),
        amount=Decimal("10.00"),
        base=Decimal("10.00"),
        period=SEPTEMBER,
        lines=[2],
    )
    encoded = {"tax_groups": [group("20", "30.00", "6.00")], "allowances": [free]}
    invoice: Any = {"currency": "EUR", **{name: msgspec.json.encode(one).decode() for name, one in encoded.items()}}
    lines = [line(1, "30.00"), line(2, "10.00")]
    assert [taxes_of(one, lines, invoice)[0]["of_line"] for one in lines] == ["6.00", "0.00"]
