"""Fields that several bodies and answers of rating share."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from shared.kernel.bodies import PrintableText

NameText = Annotated[PrintableText, Field(min_length=1, max_length=200)]


VERSION_MAX: Final = 1_000_000
VersionNumber = Annotated[StrictInt, Field(ge=1, le=VERSION_MAX)]
"""Which version of a plan or a table; more than a message or a column holds is none."""


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


def from_json(text: str) -> Any:
    """A jsonb column as a value."""
    return msgspec.json.decode(text)
