"""What payers are called, so that a name on a bank statement can be compared."""

from __future__ import annotations

from typing import Final

from services.payments.payer_name import rows
from services.payments.payer_name.decide import decide_name, react
from services.payments.payer_name.messages import PayerNamed
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_name,),
    unfolded=(PayerNamed,),
    follows=(react,),
    project=rows.TABLES.projection(rows.rows),
)
