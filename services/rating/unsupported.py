"""What the contract names under rating and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.unsupported import Unsupported, refusals

LATER: Final = (Unsupported("/v1/plans/{plan_id}/versions/{version}/retire", "retiring a plan version", ("POST",)),)


def router(api: Api) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(api, LATER)
