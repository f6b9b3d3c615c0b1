"""A JSON answer as the contract writes it: decimals as strings, instants in UTC with a Z, in one fast pass.

    return Answer({"id": "acc-1", "opened_at": api.clock.now()}, status_code=201)

FastAPI's own encoder would turn a `Decimal` into a float. A route that answers with plain dicts returns an `Answer`.
"""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi.responses import JSONResponse
from pydantic import BaseModel


def _other(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise NotImplementedError(f"an answer can't hold a {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(decimal_format="string", enc_hook=_other)


def as_json(content: Any) -> bytes:
    """The bytes of an answer, for what is kept as it is sent."""
    return _ENCODER.encode(content)


class Answer(JSONResponse):
    """A response whose content is anything msgspec can write: dicts, structs, models, dates, decimals."""

    def render(self, content: Any) -> bytes:
        return as_json(content)
