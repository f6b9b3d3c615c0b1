"""Logging in, and who is logged in."""

from __future__ import annotations

from pydantic import BaseModel, Field

from shared.kernel.bodies import Body


class Credentials(Body):
    email: str = Field(min_length=3, max_length=254)
    password: str = Field(min_length=1, max_length=256)


class SessionView(BaseModel):
    """Who is logged in. `email` is null for an API key, which has a `name` instead."""

    email: str | None
    name: str | None = None
    role: str
    allowed: list[str]
