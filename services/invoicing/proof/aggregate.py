"""What proves that documents are as they were issued. The hashes are made where documents are locked and numbered."""

from __future__ import annotations

from typing import Final

from services.invoicing.proof import api, links_api, rows
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(project=rows.TABLES.projection(rows.rows), routers=(api.router, links_api.router))
