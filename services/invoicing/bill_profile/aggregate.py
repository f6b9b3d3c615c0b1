"""How an account is billed."""

from __future__ import annotations

from typing import Final

from services.invoicing.bill_profile import api, rows
from services.invoicing.bill_profile.approvals import decide_approval_of_account, evolve_approval_of_account
from services.invoicing.bill_profile.decide import (
    decide_expected,
    decide_followed,
    decide_profile,
    decide_tax_profile,
    decide_terms,
    evolve_deferred,
    evolve_discounted,
    evolve_expected,
    evolve_followed,
    evolve_profile,
    evolve_tax_profile,
    evolve_terms,
    evolve_waiting,
    evolve_waits_no_longer,
)
from services.invoicing.bill_profile.delivery_preferences import evolve_delivery
from services.invoicing.bill_profile.late_fees import decide_late_fee_policy, evolve_late_fee_policy
from services.invoicing.bill_profile.legal_entities import (
    decide_legal_entity,
    evolve_legal_entity,
    react_assigned,
)
from services.invoicing.bill_profile.preload import preload
from services.invoicing.bill_profile.react import react
from services.invoicing.bill_profile.state import BillProfile
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(
        *(decide_profile, decide_expected, decide_followed),
        *(decide_tax_profile, decide_terms, decide_late_fee_policy, decide_legal_entity),
        decide_approval_of_account,
    ),
    folds=(
        *(evolve_profile, evolve_expected, evolve_followed, evolve_tax_profile, evolve_terms),
        *(evolve_waiting, evolve_waits_no_longer, evolve_deferred, evolve_discounted),
        *(evolve_delivery, evolve_late_fee_policy, evolve_legal_entity, evolve_approval_of_account),
    ),
    follows=(react, react_assigned),
    preloads=(preload,),
    states=(BillProfile,),
    project=rows.TABLES.projection(rows.rows),
    routers=(api.router,),
)
