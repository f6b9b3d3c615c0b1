"""What each source did, of all that was recorded; `source/api.py` shows it beside what was said of the source."""

from __future__ import annotations

from typing import Final

from services.usage.source_activity import rows
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(project=rows.project)
