"""Who may do what: every endpoint of every service, asked by every role, and the rules that the whole table keeps.

    POST /v1/payments     admin yes, billing yes, support 403, auditor 403, ingest 403, nobody 401, held to nothing 403

A request is made, without a database behind it: whoever is admitted meets that (503, or 422 for want of a body), and
whoever is not is told so before.
"""

from __future__ import annotations

import asyncio
import importlib
import re
from collections.abc import Iterator
from functools import cache
from types import SimpleNamespace
from typing import Any, Final, cast

import asyncpg
import httpx
import pytest
from pydantic import SecretStr

from meterlog.entry.routing import is_public, owner_of
from meterlog.installation import SERVICES
from shared.engine.settings import Settings
from shared.http.auth import CUSTOMER, READERS, ROLES, SERVICE, Tokens
from shared.http.entities import ALSO_NAMES, is_open
from shared.http.entities import OWN as OWN_OF_HELD
from shared.http.openapi import api_routes, roles_of
from shared.http.scopes import NOTHING, OWN
from shared.http.server import build_app

KEY: Final = "a key for tests"
TOKENS: Final = Tokens(KEY)
_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")
_ANSWER_S: Final = 5.0
SAYS_NO: Final = {"unauthenticated", "forbidden", "out_of_scope", "out_of_entity"}


class Away:
    """Whatever is asked of a server that is away."""

    def __getattr__(self, name: str) -> Any:
        raise asyncpg.InterfaceError("there is no database here")


@cache
def app_of(service: str) -> Any:
    spec = importlib.import_module(f"services.{service}.app").SERVICE
    away = Away()
    runtime = SimpleNamespace(
        service=spec,
        settings=Settings(token_key=SecretStr(KEY)),
        pool=away,
        clock=away,
        logs=away,
        ready=lambda: (True, ""),
    )
    return build_app(cast(Any, runtime), bus=cast(Any, away), vault=cast(Any, away))


def endpoints(service: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Method, path with its parameters filled in, and the roles that the route names."""
    for route in api_routes(app_of(service)):
        roles = roles_of(route)
        assert roles is not None, route.path
        for method in sorted(route.methods or ()):
            yield method, _PARAMETER.sub("x1", route.path or ""), roles


def outside(service: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """What is reached from outside; the clock is shown by the entry itself (tests/meterlog/entry)."""
    return [one for one in endpoints(service) if one[1].startswith("/v1/") and one[1] != "/v1/clock"]


async def asked(service: str, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    """Status, and the code of a refusal. A stream that begins has admitted its reader."""
    transport = httpx.ASGITransport(app_of(service), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        try:
            async with asyncio.timeout(_ANSWER_S):
                answer = await client.request(method, path, headers=headers)
        except TimeoutError:
            return 200, ""
    if not answer.headers.get("content-type", "").startswith("application/problem"):
        return answer.status_code, ""
    error = answer.json()["errors"][0]
    # A route that admits a role may yet refuse it a part of what is there, such as a document with names in it.
    admitted = error["code"] == "forbidden" and "may not do this" not in error["detail"]
    return answer.status_code, "" if admitted else error["code"]


def as_role(role: str, **more: Any) -> dict[str, str]:
    more |= {"account_id": "acc-1"} if role == CUSTOMER else {}
    return {"Authorization": f"Bearer {TOKENS.issue('key:k1', role, **more)}"}


@pytest.mark.parametrize("service", SERVICES)
async def test_every_endpoint_answers_every_role_as_it_says(service: str) -> None:
    wrong = []
    table = list(endpoints(service))
    assert len(table) > 30
    for method, path, roles in table:
        for role in (*ROLES, CUSTOMER, SERVICE):
            _, code = await asked(service, method, path, as_role(role))
            wanted = "" if role in roles or not roles else "forbidden"
            if (code if code in SAYS_NO else "") != wanted:
                wrong.append((method, path, role, code))
    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
async def test_every_endpoint_refuses_strangers_and_forged_expired_or_restricted_credentials(service: str) -> None:
    forged = Tokens("another key").issue("key:k1", "admin")
    expired = TOKENS.issue("key:k1", "admin", life_s=-1)
    strangers = {"none": "", "forged": f"Bearer {forged}", "expired": f"Bearer {expired}", "basic": "Basic YTpi"}
    wrong = []
    for method, path, roles in endpoints(service):
        if not roles:
            continue
        for name, header in strangers.items():
            status, code = await asked(service, method, path, {"Authorization": header} if header else {})
            if (status, code) != (401, "unauthenticated"):
                wrong.append((method, path, name, status, code))
        held = next((role for role in roles if role in ROLES), None)
        own = path.startswith(tuple(f"/v1/{area}" for area in OWN))
        if held is not None and path.startswith("/v1/") and not own:
            status, code = await asked(service, method, path, as_role(held, restrictions=NOTHING))
            if (status, code) != (403, "out_of_scope"):
                wrong.append((method, path, "held to nothing", status, code))
    assert wrong == []


CLOSED_TO_HELD: Final = {
    "prices, calendars, taxes and policies are the operator's: they are read, and changed by nobody who is held": (
        *("/v1/(billing-cycles|plans|services|bandwidth-profiles|rate-tables|holidays|meters)(/.*)?",),
        *("/v1/tax/(jurisdictions|rates)(/.*)?", "/v1/coupons(/.*)?", "/v1/late-fee-policies(/.*)?"),
        *("/v1/(invoice-policy|payment-settings|credit-settings|chart-of-accounts|numbering-series)",),
        *("/v1/legal-entities(/x1)?", "/v1/automatic-runs/x1", "/v1/dunning/policies(/x1)?", "/v1/dunning/settings"),
        *("/v1/gateways/x1", "/v1/direct-debits/creditor", "/v1/network-elements(/.*)?", "/v1/resources"),
    ),
    "what the network reports, and what is done about it, is of no account yet": (
        *("/v1/sources(/x1)?", "/v1/usage/(files|batches|retractions|corrections|records)(/.*)?"),
        *("/v1/usage/quarantine/(recycle|discard)", "/v1/resources/x1/reassignments"),
    ),
    "one file, or one run, for everybody": (
        *("/v1/direct-debits(/.*)?", "/v1/bank-statements(/.*)?", "/v1/voucher-batches(/.*)?", "/v1/vouchers(/x1.*)?"),
        *("/v1/dunning/agencies(/x1/file)?", "/v1/dunning/(dry-run|pause-jobs)", "/v1/journal-exports(/.*)?"),
        *("/v1/print-batches(/.*)?", "/v1/deliveries/reports", "/v1/audit-exports(/.*)?", "/v1/outages"),
        *("/v1/plans/x1/migrations(/.*)?", "/v1/proof/.*", "/v1/jobs/x1(/cancel)?"),
    ),
    "it is about the installation, its people and its receivers": (
        *("/v1/(users|api-keys|roles|access-policy)(/.*)?", "/v1/webhook-.*", "/v1/mails(/.*)?"),
        *("/v1/personal-data-reads", "/v1/dead-letters(/.*)?"),
    ),
}
"""Why what is closed to whoever is held to legal entities is so. What is added has to be open, or to be named here."""

READ_BY_HELD: Final = (
    *("/v1/billing-cycles", "/v1/plans", "/v1/services", "/v1/bandwidth-profiles", "/v1/rate-tables", "/v1/holidays"),
    *("/v1/meters", "/v1/tax/jurisdictions", "/v1/tax/rates", "/v1/coupons", "/v1/late-fee-policies", "/v1/resources"),
    *(
        "/v1/invoice-policy",
        "/v1/payment-settings",
        "/v1/credit-settings",
        "/v1/chart-of-accounts",
        "/v1/dunning/policies",
    ),
    *("/v1/numbering-series", "/v1/legal-entities", "/v1/automatic-runs", "/v1/gateways", "/v1/network-elements"),
)


@pytest.mark.parametrize("service", SERVICES)
async def test_each_endpoint_is_open_to_whoever_is_held_to_legal_entities_or_says_why_not(service: str) -> None:
    """Each endpoint, by a role that it names. What names a thing is looked up before anything else."""
    wrong: list[tuple[object, ...]] = []
    holding = app_service(service).holding
    for method, path, roles in endpoints(service):
        role = next((role for role in roles if role in ROLES), None)
        if role is None or path.startswith(tuple(f"/v1/{area}" for area in OWN_OF_HELD)):
            continue
        status, code = await asked(service, method, path, as_role(role, legal_entities=["nl"]))
        why = [reason for reason, paths in CLOSED_TO_HELD.items() if any(re.fullmatch(one, path) for one in paths)]
        closed = code == "out_of_entity"
        if closed and not why and (service, path) != ("reporting", "/v1/jobs/x1"):
            wrong.append((method, path, "is closed, and nobody says why"))
        if closed and method == "GET" and path.startswith(READ_BY_HELD) and "migrations" not in path:
            wrong.append((method, path, "is of all, and can't be read"))
        if not closed and status not in (503, 200, 422, 404, 501):
            wrong.append((method, path, status, code))
        if not closed and method not in ("GET", "HEAD", "DELETE") and status == 200 and (method, path) not in ONLY_ASK:
            wrong.append((method, path, "was done without a look-up"))
    assert wrong == []
    assert len(holding.lists) > 5


NAMED_OF_ALL: Final = frozenset(
    {
        *(
            "id",
            "tax_id",
            "reference",
            "cycle_id",
            "plan_id",
            "policy_id",
            "jurisdiction_id",
            "element_id",
            "coupon_id",
        ),
        *("creditor_id", "list", "number", "keys"),
    }
)
"""What a body names that is of all, is new, or is no thing of ours."""


@pytest.mark.parametrize("service", SERVICES)
def test_each_thing_that_the_body_of_an_open_write_names_is_looked_up(service: str) -> None:
    document, holding = app_of(service).openapi(), app_service(service).holding
    shapes = document.get("components", {}).get("schemas", {})
    forgotten = {
        (path, name)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method not in ("get", "head") and is_open(holding, method.upper(), path)
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for name in members(content.get("schema", {}), shapes, set())
        if re.search(r"(^|_)(id|ids)$", name) or name in ALSO_NAMES
        if name not in NAMED_OF_ALL and ALSO_NAMES.get(name, name) not in ("account_id", *holding.things)
    }
    # Rating sets aside what is for a subscription of another account than the one it is guided to, which is looked up.
    assert {one for one in forgotten if (service, one[1]) != ("usage", "subscription_id")} == set()


def members(schema: dict[str, Any], shapes: dict[str, Any], seen: set[str]) -> Iterator[str]:
    """The names of all members of a body, at any depth."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name not in seen:
            seen.add(name)
            yield from members(shapes[name], shapes, seen)
    for one in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from members(one, shapes, seen)
    for name, one in schema.get("properties", {}).items():
        yield name
        yield from members(one, shapes, seen)
    if isinstance(schema.get("items"), dict):
        yield from members(schema["items"], shapes, seen)


def app_service(service: str) -> Any:
    return importlib.import_module(f"services.{service}.app").SERVICE


# -- the rules that the table keeps ----------------------------------------------------------------------------------

ONLY_ASK: Final = {
    ("POST", "/v1/dunning/dry-run"),
    ("POST", "/v1/plans/x1/simulate"),
    ("POST", "/v1/pricing/quotes"),
    ("POST", "/v1/proof/what-if"),
    ("POST", "/v1/proof/what-if/customers"),
    ("POST", "/v1/subscriptions/x1/allowances/try"),
    ("POST", "/v1/tax/quotes"),
}
"""A question with a body: nothing is different afterwards."""

ONES_OWN: Final = (
    *("/v1/saved-views", "/v1/report-jobs", "/v1/report-schedules", "/v1/jobs/"),
    *("/v1/audit-exports", "/v1/accounts/x1/subject-access"),
    *("/v1/accounts/x1/customer-links", "/v1/customer-page"),
)
"""What somebody keeps or makes for themselves, beside their session; and what a customer is let read of his own, which
changes nothing that is billed."""

WITHIN_A_LIMIT: Final = {("POST", "/v1/accounts/x1/adjustments"), ("POST", "/v1/payments/x1/refunds")}
"""Support changes what is owed and pays back, up to amounts that the settings of payments name."""

ACCESS: Final = ("/v1/users", "/v1/api-keys", "/v1/access-policy", "/v1/roles")


def table() -> list[tuple[str, str, tuple[str, ...]]]:
    return [one for service in SERVICES for one in outside(service)]


def changes(method: str, path: str) -> bool:
    own = path.startswith((*ONES_OWN, *(f"/v1/{area}" for area in OWN)))
    return method not in ("GET", "HEAD") and (method, path) not in ONLY_ASK and not own


def test_an_auditor_changes_nothing() -> None:
    assert [(m, p) for m, p, roles in table() if "auditor" in roles and changes(m, p)] == []


def test_support_changes_what_has_a_limit_and_nothing_else() -> None:
    assert {(m, p) for m, p, roles in table() if "support" in roles and changes(m, p)} == WITHIN_A_LIMIT


def test_equipment_reports_usage_and_nothing_else() -> None:
    reached = {(m, p) for m, p, roles in table() if "ingest" in roles and not p.startswith("/v1/session")}
    assert {p for _, p in reached} == {
        "/v1/commands/x1",
        "/v1/jobs/x1",
        "/v1/jobs/x1/cancel",
        "/v1/roles",
        "/v1/usage/batches/x1",
        "/v1/usage/batches/usage-file-x1",
        "/v1/usage/files",
        "/v1/usage/records",
    }


def test_only_an_admin_says_who_may_what() -> None:
    kept = {(m, p): roles for m, p, roles in table() if p.startswith(ACCESS)}
    assert len(kept) > 15
    assert {one for one, roles in kept.items() if roles != ("admin",)} == {("GET", "/v1/roles")}


def test_a_customers_link_opens_the_customers_page_and_nothing_else() -> None:
    reached = {(m, p): roles for m, p, roles in table() if CUSTOMER in roles}
    assert set(reached.values()) == {(CUSTOMER,)}
    assert {(m, p) for m, p in reached} == {
        *(
            ("GET", f"/v1/customer-page{part}")
            for part in ("", "/usage", "/balance", "/invoices", "/credit-notes", "/invoices/x1")
        ),
        ("GET", "/v1/customer-page/invoices/x1/pdf"),
        ("POST", "/v1/customer-page/invoices/x1/payment-link"),
    }


def test_a_token_of_a_customer_is_of_one_account_and_no_other_token_is_of_any() -> None:
    for role, account in ((CUSTOMER, None), ("admin", "acc-1"), (SERVICE, "acc-1")):
        with pytest.raises(ValueError, match="a customer has an account"):
            TOKENS.issue("key:k1", role, account_id=account)
    assert TOKENS.verify(TOKENS.issue("customer-link:l1", CUSTOMER, account_id="acc-1")).account_id == "acc-1"


def test_whoever_changes_something_may_be_an_admin_and_whoever_reads_reads_the_books() -> None:
    for method, path, roles in table():
        if roles == (CUSTOMER,):
            continue
        if roles:
            assert "admin" in roles, f"{method} {path}"
            assert set(roles) <= set(ROLES), f"{method} {path}"
    closed = {p for m, p, roles in table() if m == "GET" and roles and not set(READERS) <= set(roles)}
    assert {p for p in closed if not p.startswith("/v1/customer-page")} == {
        *(
            "/v1/access-policy",
            "/v1/access-policy/sign-in",
            "/v1/api-keys",
            "/v1/api-keys/x1",
            "/v1/users",
            "/v1/users/x1",
        ),
        *("/v1/dead-letters", "/v1/dead-letters/x1", "/v1/events", "/v1/events/x1"),
        *("/v1/webhook-endpoints", "/v1/webhook-endpoints/x1", "/v1/webhook-event-types"),
        *("/v1/webhook-deliveries", "/v1/webhook-deliveries/x1"),
        *("/v1/direct-debits/x1/file", "/v1/dunning/agencies/x1/file"),
        *("/v1/mails", "/v1/mails/x1", "/v1/personal-data-reads"),
        *("/v1/events/x1/chain", "/v1/events/x1/difference"),
        *("/v1/audit-exports/x1/file", "/v1/audit-exports/signing-key"),
        "/v1/accounts/x1/customer-links",
        *("/v1/accounts/x1/subject-access", "/v1/accounts/x1/subject-access/x1/file"),
        *("/v1/journal-exports", "/v1/journal-exports/x1", "/v1/journal-exports/x1/file"),
    }


def test_what_needs_no_credentials_is_what_the_entry_lets_through() -> None:
    """Two lists of one thing: a route that is public behind an entry that asks is closed, the other way it is open."""
    found = {(m, p) for m, p, roles in table() if not roles}
    assert found == {(m, p) for m, p, _ in table() if is_public(m, p.encode())}
    assert len(found) == 10


def test_every_endpoint_is_reached_through_the_entry_at_the_service_that_has_it() -> None:
    for service in SERVICES:
        for method, path, _ in outside(service):
            shared = path.startswith(("/v1/commands/", "/v1/jobs/", "/v1/dead-letters/", "/v1/proof/rebuilds"))
            if not shared:
                assert owner_of(method, path.encode()) == service, f"{method} {path}"


def test_nothing_inside_admits_a_caller_from_outside() -> None:
    inside = [(p, roles) for s in SERVICES for _, p, roles in endpoints(s) if p.startswith("/internal/")]
    assert len(inside) > 10
    assert [one for one in inside if one[1] != (SERVICE,)] == []
