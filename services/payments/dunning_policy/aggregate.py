"""Dunning policies, and which one is the operator's, in partition 0."""

from __future__ import annotations

from typing import Final

from services.payments.dunning_policy import api, rows
from services.payments.dunning_policy.decide import (
    decide_announced,
    decide_default,
    decide_policy,
    evolve_announced,
    evolve_default,
    evolve_policy,
)
from services.payments.dunning_policy.messages import DunningPolicyDefined
from services.payments.dunning_policy.state import (
    DunningDefault,
    DunningPolicy,
    DunningPolicyUse,
    DunningPolicyVersion,
)
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_policy, decide_announced, decide_default),
    folds=(evolve_policy, evolve_announced, evolve_default),
    states=(DunningPolicy, DunningPolicyVersion, DunningDefault),
    loaders={DunningPolicyUse: rows.uses},
    project=rows.TABLES.projection(rows.rows, anew=(DunningPolicyDefined,)),
    routers=(api.router,),
)
