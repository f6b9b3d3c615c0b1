"""Batches of vouchers."""

from __future__ import annotations

from typing import Final

from services.payments.voucher_batch import api, rows
from services.payments.voucher_batch.decide import (
    decide_creation,
    decide_end,
    decide_page,
    evolve_batch,
    evolve_moved,
)
from services.payments.voucher_batch.preload import preload
from services.payments.voucher_batch.state import VoucherBatch
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_creation, decide_page, decide_end),
    folds=(evolve_batch, evolve_moved),
    preloads=(preload,),
    states=(VoucherBatch,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
