"""Fields that several bodies and answers of rating share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from shared.kernel.bodies import PrintableText
from shared.kernel.money import format_amount

NameText = Annotated[PrintableText, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class ActionShape(BaseModel):
    """Something that can be done with a resource, and why not where it can't."""

    action: str
    allowed: bool
    reason: str | None = None


def money(amount: Decimal, currency: str) -> dict[str, str]:
    """Money on the wire, with at least the currency's decimals."""
    return {"amount": format_amount(amount, currency), "currency": currency}


def days(start: date | None, end: date | None) -> dict[str, date] | None:
    """A period on the wire; `None` where there is none."""
    return None if start is None or end is None else {"start": start, "end": end}


def not_yet(*actions: str) -> list[dict[str, Any]]:
    """Actions that a later version has."""
    return [{"action": action, "allowed": False, "reason": "not supported by this version"} for action in actions]


def from_json(text: str) -> Any:
    """A jsonb column as a value."""
    return msgspec.json.decode(text)
