"""What the imports of tax tables take besides their body."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import Query

Preview = Annotated[bool, Query(description="tell what it would change; nothing is stored")]
Limit = Annotated[int, Query(ge=1, le=500, description="changes of one page")]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]

IMPORT_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "Entries, or a CSV file whose columns are their fields; text/csv is taken as well.",
        # Generators of clients know no body of text/csv; `csv` of the JSON body is the same text.
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "csv": {"type": "string"},
                        "entries": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
                    },
                }
            }
        },
    }
}
