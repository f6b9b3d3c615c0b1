"""Fields that several bodies and answers of rating share."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.bodies import PrintableText

NameText = Annotated[PrintableText, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


def from_json(text: str) -> Any:
    """A jsonb column as a value."""
    return msgspec.json.decode(text)
