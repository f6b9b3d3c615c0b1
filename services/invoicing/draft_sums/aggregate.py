"""What the drafts of an account come to, for who asks. It keeps nothing."""

from __future__ import annotations

from typing import Final

from services.invoicing.draft_sums.decide import decide
from services.invoicing.draft_sums.messages import DraftsTold
from services.invoicing.draft_sums.preload import preload
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(decides=(decide,), unfolded=(DraftsTold,), preloads=(preload,))
