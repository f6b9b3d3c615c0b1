"""A customer's settings in one body: each is checked, and then changed, by the service that owns it.

    PATCH /v1/customer-configs/acc-1   {"terms_days": 30, "dunning_policy": null, "email": "ann@example.org"}   If-Match
    200 {"account_id": "acc-1", "complete": true, "results": [{"field": "email", "service": "rating", "status":
         "applied", "errors": []}, …], "settings": {"terms_days": {"value": 30, "source": "account"}, …}, "version"}

Everything is checked first, by all owners: whatever one of them would refuse out of hand is refused, and nothing has
changed. Then each field is asked for by itself, in one order. An owner may still refuse what only the state of the
account decides: what comes behind is not tried any more, and the answer (207) says of each field how it stands. Where
that is the first, nothing has changed, and the refusal is the answer. The same Idempotency-Key, with the version of
that answer, goes on where it stood.
`null` gives a setting back to the operator's (reset), or takes it away where there is none.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping
from typing import Any, Final, Literal

import httpx
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from services.reporting.customer.owners import OWNERS, Owners, RefusedThere, away
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import HEADER
from shared.http.openapi import takes
from shared.http.problems import BadParameter
from shared.kernel.bodies import Body
from shared.kernel.errors import Rejection, Rejections
from shared.kernel.ids import derive

_VERSION: Final = re.compile(r'"?([0-9]+)\.([0-9]+)\.([0-9]+)"?')
_SERVICES: Final = ("rating", "invoicing", "payments")


class CustomerSettingsBody(Body):
    """What is to be other than it is; what is absent stays. Each as its owner takes it: rating `name` to `billed_by`,
    invoicing `terms_days` to `approval`, payments the rest. `credit_terms` is all of them; `null` resets."""

    name: Any = None
    address: Any = None
    tax_id: Any = None
    email: Any = None
    language: Any = None
    parent_id: Any = None
    billed_by: Any = None
    terms_days: Any = None
    tax: Any = None
    delivery: Any = None
    late_fee_policy: Any = None
    legal_entity: Any = None
    approval: Any = None
    credit_terms: Any = None
    allocation: Any = None
    dunning_policy: Any = None


class FieldError(BaseModel):
    pointer: str
    code: str
    detail: str


class FieldResult(BaseModel):
    """`applied`; `refused` with its errors; `not_tried`, since one before it was refused; `pending`: accepted, and its
    owner has not decided yet; `unknown`: the owner did not answer, so send the same again with the same
    Idempotency-Key and the version of this answer."""

    field: str
    service: Literal["rating", "invoicing", "payments"]
    status: Literal["applied", "refused", "not_tried", "pending", "unknown"]
    errors: list[FieldError] = []


class Setting(BaseModel):
    """`source`: whose the value is, the account's own, the operator's for all (inherited), or nobody's."""

    value: Any
    source: Literal["account", "operator", "none"]


class CustomerSettings(BaseModel):
    """All settings with whose they are. `version` is that of three owners, as `7.3.2`, and goes into `If-Match`."""

    account_id: str
    settings: dict[str, Setting]
    version: str


class CustomerSettingsChange(CustomerSettings):
    """`complete`: everything that was asked for is so."""

    complete: bool
    results: list[FieldResult] = Field(description="One for each field that was asked for.")


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    path = "/v1/customer-configs/{account_id}"
    made: list[Owners] = []

    def owners() -> Owners:
        if not made:
            made.append(Owners(api.settings))
        return made[0]

    @routes.get(f"{path}/settings", response_model=CustomerSettings, dependencies=[api.roles(*READERS)])
    async def read_customer_settings(account_id: str, request: Request) -> Response:
        """What may be set of a customer, and whose each value is: his own, or the operator's for all."""
        try:
            return Answer(_shown(account_id, await owners().standing(account_id, _token(request))))
        except RefusedThere as refused:
            return _passed_on(refused.answer)

    @routes.patch(
        path,
        response_model=CustomerSettingsChange,
        responses={207: {"model": CustomerSettingsChange, "description": "Not all of it: see `results`."}},
        openapi_extra=takes("Idempotency-Key", "If-Match"),
        dependencies=[api.roles(*WRITERS)],
    )
    async def change_customer_settings(account_id: str, body: CustomerSettingsBody, request: Request) -> Response:
        """Change settings of a customer, each at the service that owns it."""
        asked = {name: getattr(body, name) for name in OWNERS if name in body.model_fields_set}
        if not asked:
            raise Rejection("required", f"give what is to be other than it is: {', '.join(OWNERS)}", pointer="")
        change = _Change(owners(), account_id, asked, _token(request), request.headers.get("idempotency-key"))
        try:
            versions = await change.versions(_expected(request))
            await change.check()
            results = await change.apply(versions)
            complete = all(result["status"] == "applied" for result in results)
            if all(result["status"] in ("refused", "not_tried") for result in results):
                raise _nothing_changed(results, change.status)
            shown = _shown(account_id, await owners().standing(account_id, _token(request)))
        except RefusedThere as refused:
            return _passed_on(refused.answer)
        return Answer({**shown, "complete": complete, "results": results}, status_code=200 if complete else 207)

    return routes


class _Change:
    """One body on its way to the owners."""

    def __init__(
        self, owners: Owners, account_id: str, asked: Mapping[str, Any], token: str, idempotency_key: str | None
    ) -> None:
        self._owners = owners
        self._account_id = account_id
        self._asked = asked
        self._token = token
        self._key = idempotency_key or derive(os.urandom(16).hex())
        self.status = 422

    async def versions(self, expected: tuple[str, ...] | None) -> dict[str, str]:
        """The versions that the owners are to have, where the caller says any. Raises 404 by their word, and 412."""
        standing = await self._owners.standing(self._account_id, self._token)
        if expected is None:
            return {}
        found = _versions(standing)
        if expected != found:
            detail = f"the settings are at version {'.'.join(found)}, not {'.'.join(expected)}; read them again"
            raise Rejection("version_mismatch", detail, status=412)
        return dict(zip(_SERVICES, expected, strict=True))

    async def check(self) -> None:
        """All fields at once, without changing anything. Raises `Rejections` with all that is wrong."""
        refusals: list[Rejection] = []
        status = 422
        answers = await asyncio.gather(*[self._ask(name, {HEADER: "1"}) for name in self._asked])
        for name, answer in zip(self._asked, answers, strict=True):
            if answer is None or answer.status_code >= 500:
                raise away(OWNERS[name].service)
            if answer.status_code >= 400:
                status = answer.status_code
                refusals += [
                    Rejection(error["code"], error["detail"], pointer=error["pointer"], status=status)
                    for error in _errors(name, answer)
                ]
        if len(refusals) == 1:
            raise refusals[0]
        if refusals:
            raise Rejections(refusals)

    async def apply(self, versions: dict[str, str]) -> list[dict[str, Any]]:
        """Field by field, until one is not applied."""
        results: list[dict[str, Any]] = []
        stopped = False
        for name in self._asked:
            owner = OWNERS[name]
            result: dict[str, Any] = {"field": name, "service": owner.service, "status": "not_tried", "errors": []}
            results.append(result)
            if stopped:
                continue
            # The first change at an owner is for the version that was read; the others follow upon it.
            expected = versions.pop(owner.service, None) if owner.versioned else None
            headers = {} if expected is None else {"If-Match": f'"{expected}"'}
            # An owner binds a key to the version too.
            key = derive(self._key, self._account_id, name, expected or "")
            answer = await self._ask(name, {**headers, "Idempotency-Key": key})
            result["status"], result["errors"] = _outcome(name, answer)
            stopped = result["status"] != "applied"
            if answer is not None and result["status"] == "refused":
                self.status = answer.status_code
        return results

    async def _ask(self, name: str, headers: Mapping[str, str]) -> httpx.Response | None:
        try:
            return await self._owners.ask(OWNERS[name], self._account_id, self._asked[name], headers, token=self._token)
        except httpx.HTTPError:
            return None


def _outcome(name: str, answer: httpx.Response | None) -> tuple[str, list[dict[str, str]]]:
    if answer is None or answer.status_code >= 500:
        detail = f"{OWNERS[name].service} did not answer; send the same again with the same Idempotency-Key"
        return "unknown", [{"pointer": f"/{name}", "code": "service_unavailable", "detail": detail}]
    if answer.status_code == 202:
        return "pending", []
    return ("refused", _errors(name, answer)) if answer.status_code >= 400 else ("applied", [])


def _errors(name: str, answer: httpx.Response) -> list[dict[str, str]]:
    """What an owner says is wrong, pointing into this body."""
    try:
        said = answer.json()["errors"]
    except (ValueError, KeyError, TypeError):
        said = [{"pointer": "", "code": "invalid", "detail": f"{OWNERS[name].service} answered {answer.status_code}"}]
    key = OWNERS[name].key
    found = []
    for error in said:
        below = error["pointer"] if key is None else error["pointer"].removeprefix(f"/{key}")
        found.append({"pointer": f"/{name}{below}", "code": error["code"], "detail": error["detail"]})
    return found


def _nothing_changed(results: list[dict[str, Any]], status: int) -> Rejection:
    errors = [error for result in results for error in result["errors"]]
    refusals = [Rejection(e["code"], e["detail"], pointer=e["pointer"], status=status) for e in errors]
    return refusals[0] if len(refusals) == 1 else Rejections(refusals)


def _shown(account_id: str, standing: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    account, profile, exposure = standing["account"], standing["profile"], standing["exposure"]
    sources = profile["sources"]
    own = exposure.get("own")
    settings: dict[str, Any] = {}
    for name, owner in OWNERS.items():
        if owner.service == "rating":
            value = account.get(name)
            settings[name] = {"value": value, "source": "none" if value is None else "account"}
        elif owner.service == "invoicing":
            value = profile[name]
            settings[name] = {"value": value, "source": sources.get(name, "none" if value is None else "account")}
    policy, dunning = standing["allocation"], standing["dunning"]
    settings["credit_terms"] = {"value": exposure["terms"], "source": "account" if own else "operator"}
    settings["allocation"] = {
        "value": policy["allocation"],
        "source": "operator" if policy["own"] is None else "account",
    }
    settings["dunning_policy"] = {"value": dunning["policy_id"], "source": dunning["policy_source"]}
    return {"account_id": account_id, "settings": settings, "version": ".".join(_versions(standing))}


def _versions(standing: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(str(standing[name]["version"]) for name in ("account", "profile", "exposure"))


def _expected(request: Request) -> tuple[str, ...] | None:
    header = request.headers.get("if-match")
    if header is None or header.strip() == "*":
        return None
    match = _VERSION.fullmatch(header.strip())
    if match is None:
        refusal = BadParameter("If-Match", 'If-Match takes the version of the settings, such as "7.3.2"', status=400)
        refusal.place = "header"
        raise refusal
    return match.groups()


def _token(request: Request) -> str:
    return request.headers.get("authorization", "")


def _passed_on(answer: httpx.Response) -> Response:
    """An owner's refusal as it is: the account is not known there, or not for this caller."""
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))
