"""What the contract names under reporting and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.unsupported import Unsupported, refusals

LATER: Final = (
    Unsupported("/v1/customer-configs/{account_id}", "changing a customer's configuration", ("PATCH",), WRITERS),
)


def router(api: Api) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(api, LATER)
