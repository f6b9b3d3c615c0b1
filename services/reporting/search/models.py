"""What a search finds."""

from __future__ import annotations

from pydantic import BaseModel


class Found(BaseModel):
    kind: str
    id: str
    label: str
    account_id: str | None
    account_name: str | None


class SearchResult(BaseModel):
    items: list[Found]
