"""What can be done with a resource now, and why not where it can't: `allowed_actions` of every answer.

allowed_actions: list[ActionShape]                          in the response model

"allowed_actions": [
    action("issue", why_not=None if agrees else "its period is not closed yet"),
    *not_yet("void", "send"),
]
"""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel

NOT_YET: Final = "not supported by this version"


class ActionShape(BaseModel):
    """Something that can be done with a resource, and why not where it can't."""

    action: str
    allowed: bool
    reason: str | None = None


def action(name: str, *, why_not: str | None = None) -> dict[str, Any]:
    """One of `allowed_actions`: allowed where nothing speaks against it."""
    return {"action": name, "allowed": why_not is None, "reason": why_not}


def not_yet(*names: str) -> list[dict[str, Any]]:
    """Actions that a later version has."""
    return [action(name, why_not=NOT_YET) for name in names]
