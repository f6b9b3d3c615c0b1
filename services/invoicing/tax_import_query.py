"""What the imports of tax tables take besides their body, and how their entries are taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

from fastapi import Query, Request

from services.invoicing.tax_import import B, Entries
from shared.http.api import Api
from shared.kernel.message import Command

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


async def take_in_parts(
    api: Api, request: Request, entries: Entries[B], size: int, command: Callable[[str, Sequence[B]], Command]
) -> None:
    """Send a command of its own for every `size` entries, one after the other.

    Raises the `Rejection` of the first that is refused, told of the place in the file; those before it are done.
    """
    import_id = api.new_id(request, "import")
    for n, part in enumerate(entries.parts(size)):
        with part.telling_where():
            await api.command(request, command(f"{import_id}-{n}", part.rows))
