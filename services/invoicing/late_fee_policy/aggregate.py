"""Late-fee policies, in partition 0."""

from __future__ import annotations

from typing import Final

from services.invoicing.late_fee_policy import api, rows
from services.invoicing.late_fee_policy.decide import decide_policy, evolve_policy
from services.invoicing.late_fee_policy.messages import LateFeePolicyDefined
from services.invoicing.late_fee_policy.state import LateFeePolicy, LateFeePolicyUse
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_policy,),
    folds=(evolve_policy,),
    states=(LateFeePolicy,),
    loaders={LateFeePolicyUse: rows.uses},
    project=rows.TABLES.projection(rows.rows, anew=(LateFeePolicyDefined,)),
    routers=(api.router,),
)
