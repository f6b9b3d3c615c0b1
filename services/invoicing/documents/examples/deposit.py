"""The household is asked for a deposit, on a paper that is no invoice: of no tax, and of no series."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import msgspec

from services.invoicing.documents.contract import DEPOSIT_REQUEST, InvoiceContents
from services.invoicing.documents.examples.brussels import BRUSSELS, FIBRE

DEPOSIT: Final[InvoiceContents] = msgspec.structs.replace(
    BRUSSELS,
    kind=DEPOSIT_REQUEST,
    number="mfrggzdfmztwq2lknnwg23tpoa",
    issued_on=date(2026, 10, 9),
    due_on=date(2026, 10, 23),
    lines=[
        msgspec.structs.replace(
            FIBRE,
            kind=DEPOSIT_REQUEST,
            description="equipment",
            plan_id="",
            net=Decimal("100.00"),
            unrounded=Decimal("100.00"),
            quantity=None,
            steps=[],
        )
    ],
    tax_groups=[],
    net=Decimal("100.00"),
    tax=Decimal(0),
    total=Decimal("100.00"),
    credit_applied=Decimal(0),
    note="For the router that stays with you.",
)
