"""Which service owns which setting of a customer, and how it is asked. Settings are read and changed where they live.

    rating      name, address, tax_id, email, language, parent_id, billed_by          PATCH /v1/accounts/{id}
    invoicing   terms_days, tax, delivery, late_fee_policy, legal_entity, approval    PATCH …/bill-profile
    payments    credit_terms, allocation, dunning_policy                              PUT …/credit-terms, …/allocation …

Calls carry the caller's own token: who may not do it there may not do it here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import quote

import httpx

from shared.engine.settings import MissingSetting, Settings
from shared.http.problems import Unavailable

TIMEOUT_S: Final = 10.0

Service = Literal["rating", "invoicing", "payments"]


class Owner(NamedTuple):
    """Where a setting is changed. `key` is what it is called there; `None`: its value is the whole body. Of what is not
    `versioned` the last word counts."""

    service: Service
    method: Literal["PATCH", "PUT"]
    path: str
    key: str | None
    versioned: bool = True


_ACCOUNT: Final = "/v1/accounts/{}"
_PROFILE: Final = "/v1/accounts/{}/bill-profile"

OWNERS: Final[Mapping[str, Owner]] = {
    **{
        name: Owner("rating", "PATCH", _ACCOUNT, name)
        for name in ("name", "address", "tax_id", "email", "language", "parent_id", "billed_by")
    },
    **{
        name: Owner("invoicing", "PATCH", _PROFILE, name)
        for name in ("terms_days", "tax", "delivery", "late_fee_policy", "legal_entity", "approval")
    },
    "credit_terms": Owner("payments", "PUT", "/v1/accounts/{}/credit-terms", None),
    "allocation": Owner("payments", "PUT", "/v1/accounts/{}/allocation", "allocation", versioned=False),
    "dunning_policy": Owner("payments", "PUT", "/v1/accounts/{}/dunning", "policy_id", versioned=False),
}
"""In the order in which they are asked."""

_READ: Final[Mapping[str, tuple[Service, str]]] = {
    "account": ("rating", _ACCOUNT),
    "profile": ("invoicing", _PROFILE),
    "exposure": ("payments", "/v1/accounts/{}/exposure"),
    "allocation": ("payments", "/v1/accounts/{}/allocation"),
    "dunning": ("payments", "/v1/accounts/{}/dunning"),
}


class Owners:
    """The owning services over HTTP. One per process; made with the first request."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._settings = settings
        self._client = httpx.AsyncClient(
            timeout=TIMEOUT_S, follow_redirects=False, trust_env=False, transport=transport
        )

    async def standing(self, account_id: str, token: str) -> dict[str, dict[str, Any]]:
        """What the owners say of an account, by the names of `_READ`. Raises `Unavailable`; gives the first refusal of
        one that knows no such account as `RefusedThere`."""
        answers = await asyncio.gather(
            *[self._get(service, self._url(service, path, account_id), token) for service, path in _READ.values()]
        )
        return dict(zip(_READ, answers, strict=True))

    async def ask(
        self, owner: Owner, account_id: str, value: Any, headers: Mapping[str, str], *, token: str
    ) -> httpx.Response:
        """Raises `httpx.HTTPError` where there is no answer: then nobody knows whether it was done."""
        body = ({} if value is None else value) if owner.key is None else {owner.key: value}
        url = self._url(owner.service, owner.path, account_id)
        return await self._client.request(owner.method, url, json=body, headers={**headers, "Authorization": token})

    def _url(self, service: Service, path: str, account_id: str) -> str:
        try:
            base = self._settings.service_url(service)
        except MissingSetting as error:
            raise away(service) from error
        return base + path.format(quote(account_id, safe=""))

    async def _get(self, service: Service, url: str, token: str) -> dict[str, Any]:
        try:
            answer = await self._client.get(url, headers={"Authorization": token})
        except httpx.HTTPError as error:
            raise away(service) from error
        if answer.status_code != 200:
            raise RefusedThere(answer)
        found: dict[str, Any] = answer.json()
        return found


class RefusedThere(Exception):
    """An owner has refused: its problem is the answer."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(answer.text)
        self.answer = answer


def away(service: str) -> Unavailable:
    return Unavailable("service_unavailable", f"{service} does not answer now; nothing was changed")
