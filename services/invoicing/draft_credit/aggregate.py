"""Drafts below zero that are given back. They are folded and shown with the invoice (invoice/)."""

from __future__ import annotations

from typing import Final

from services.invoicing.draft_credit import api, rows
from services.invoicing.draft_credit.decide import decide_credit_of_draft
from services.invoicing.draft_credit.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_credit_of_draft,),
    preloads=(preload,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
