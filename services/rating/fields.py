"""Fields that several bodies and answers of rating share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.bodies import PrintableText

NameText = Annotated[PrintableText, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


def days(start: date | None, end: date | None) -> dict[str, date] | None:
    """A period on the wire; `None` where there is none."""
    return None if start is None or end is None else {"start": start, "end": end}


def from_json(text: str) -> Any:
    """A jsonb column as a value."""
    return msgspec.json.decode(text)
