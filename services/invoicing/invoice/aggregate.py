"""Drafts, locked, issued."""

from __future__ import annotations

from typing import Final

from services.invoicing.invoice import (
    api,
    checks,
    corrections,
    customer_api,
    decide,
    document_api,
    drafting,
    lines_api,
    passing_on,
    rows,
    taxes_api,
    waiving,
)
from services.invoicing.invoice.carry_forward import evolve_carried
from services.invoicing.invoice.loading import issued_lines
from services.invoicing.invoice.messages import ChargesTaken
from services.invoicing.invoice.preload import preload
from services.invoicing.invoice.react import react
from services.invoicing.invoice.state import Invoice, IssuedLines
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(
        *(drafting.decide_line, drafting.decide_draft),
        *(passing_on.decide_take, passing_on.decide_note),
        *(decide.decide_finalise, decide.decide_issue, decide.decide_issues, decide.decide_amount_due),
        *(corrections.decide_reissue, waiving.decide_waived, waiving.decide_forgone),
    ),
    folds=(
        *(drafting.evolve_line, drafting.evolve_drafted, drafting.evolve_disagreed, evolve_carried),
        passing_on.evolve_passing,
        *(decide.evolve_locked, decide.evolve_issued, decide.evolve_amount_due),
        *(corrections.evolve_void, corrections.evolve_credited, corrections.evolve_reissued),
        *(corrections.evolve_debited, corrections.evolve_credited_draft),
        *(checks.evolve_approval, checks.evolve_clearance),
    ),
    unfolded=(ChargesTaken,),
    follows=(react,),
    preloads=(preload,),
    states=(Invoice,),
    loaders={IssuedLines: issued_lines},
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router, document_api.router, lines_api.router, taxes_api.router, customer_api.router),
)
