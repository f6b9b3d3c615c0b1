"""Single vouchers and their redemptions."""

from __future__ import annotations

from typing import Final

from services.payments.voucher import api, redemption_api, rows
from services.payments.voucher.decide import (
    decide_credit,
    decide_redemption,
    decide_settled,
    decide_void,
    evolve_credited,
    evolve_voucher,
)
from services.payments.voucher.preload import preload
from services.payments.voucher.react import react
from services.payments.voucher.state import CreditedVoucher, Voucher
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_redemption, decide_credit, decide_settled, decide_void),
    folds=(evolve_voucher, evolve_credited),
    follows=(react,),
    preloads=(preload,),
    states=(Voucher, CreditedVoucher),
    project=rows.TABLES.projection(rows.rows),
    # `/v1/vouchers/redemptions` is asked before `/v1/vouchers/{serial}`.
    routers=(redemption_api.router, api.router),
)
