"""Notices of credit: written once each, delivered as documents are."""

from __future__ import annotations

from typing import Final

from services.invoicing.credit_notice import rows
from services.invoicing.credit_notice.decide import decide_notice, evolve_notice, react
from services.invoicing.credit_notice.state import CreditNotice
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_notice,),
    folds=(evolve_notice,),
    follows=(react,),
    states=(CreditNotice,),
    project=rows.TABLES.projection(rows.rows),
)
