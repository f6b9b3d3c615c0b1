"""Who may do what: every endpoint of every service, asked by every role, and the rules that the whole table keeps.

    POST /v1/payments     admin yes, billing yes, support 403, auditor 403, ingest 403, nobody 401, held to nothing 403

Each endpoint is asked through its app by one who is admitted, by one who is not, and by nobody; to all others its
admission says the same without a request (every_endpoint.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from meterlog.entry.routing import is_public, owner_of
from meterlog.installation import SERVICES
from shared.http.auth import CUSTOMER, READERS, ROLES, SERVICE, Tokens
from shared.http.entities import ALSO_NAMES, is_open
from shared.http.entities import OWN as OWN_OF_HELD
from shared.http.scopes import NOTHING, OWN
from tests.contracts.every_endpoint import (
    TOKENS,
    app_of,
    app_service,
    as_role,
    asked,
    decided,
    endpoints,
    outside,
)

SAYS_NO: Final = {"unauthenticated", "forbidden", "out_of_scope", "out_of_entity"}
EVERYBODY: Final = (*ROLES, CUSTOMER, SERVICE)


@pytest.mark.parametrize("service", SERVICES)
async def test_every_endpoint_answers_every_role_as_it_says(service: str) -> None:
    """One who is admitted and one who is not ask the app. What is public looks at nobody, and so is asked by one."""
    wrong: list[tuple[str, ...]] = []
    everybody = {role: as_role(role) for role in EVERYBODY}
    assert len(endpoints(service)) > 30
    for endpoint in endpoints(service):
        method, path, roles, admit = endpoint
        wanted = {role: "" if role in roles or not roles else "forbidden" for role in EVERYBODY}
        admitted, refused = roles[:1], [role for role in EVERYBODY if role not in roles][:1]
        for role in (*admitted, *refused)[: 2 if roles else 1]:
            _, code = await asked(service, method, path, everybody[role])
            if (code if code in SAYS_NO else "") != wanted[role]:
                wrong.append((method, path, role, code))
        if admit is not None:
            said = {role: await decided(endpoint, headers) for role, headers in everybody.items()}
            wrong += [(method, path, role, said[role]) for role in EVERYBODY if said[role] != wanted[role]]
    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
async def test_every_endpoint_refuses_strangers_and_forged_expired_or_restricted_credentials(service: str) -> None:
    """Nobody asks the app; the others its admission."""
    forged = Tokens("another key").issue("key:k1", "admin")
    expired = TOKENS.issue("key:k1", "admin", life_s=-1)
    strangers = {"forged": f"Bearer {forged}", "expired": f"Bearer {expired}", "basic": "Basic YTpi"}
    held = {role: as_role(role, restrictions=NOTHING) for role in ROLES}
    wrong: list[tuple[object, ...]] = []
    for endpoint in endpoints(service):
        method, path, roles, _ = endpoint
        if not roles:
            continue
        answer = await asked(service, method, path, {})
        if answer != (401, "unauthenticated"):
            wrong.append((method, path, "none", answer))
        for name, header in strangers.items():
            if (code := await decided(endpoint, {"Authorization": header})) != "unauthenticated":
                wrong.append((method, path, name, code))
        own = path.startswith(tuple(f"/v1/{area}" for area in OWN))
        if not path.startswith("/v1/") or own:
            continue
        for role in (role for role in roles if role in ROLES):
            if (code := await decided(endpoint, held[role])) != "out_of_scope":
                wrong.append((method, path, role, "held to nothing", code))
    assert wrong == []


@pytest.mark.parametrize(
    ("headers", "answer"),
    [
        ({"Authorization": f"Bearer {Tokens('another key').issue('key:k1', 'admin')}"}, (401, "unauthenticated")),
        ({"Authorization": "Basic YTpi"}, (401, "unauthenticated")),
        (as_role("admin", restrictions=NOTHING), (403, "out_of_scope")),
        (as_role("auditor"), (403, "forbidden")),
    ],
)
async def test_what_an_admission_refuses_is_refused_by_the_app_with_its_status(
    headers: dict[str, str], answer: tuple[int, str]
) -> None:
    assert await asked("payments", "POST", "/v1/payments", headers) == answer


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
    for method, path, roles, _ in endpoints(service):
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
    return [one[:3] for service in SERVICES for one in outside(service)]


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
        for method, path, *_ in outside(service):
            shared = path.startswith(("/v1/commands/", "/v1/jobs/", "/v1/dead-letters/", "/v1/proof/rebuilds"))
            if not shared:
                assert owner_of(method, path.encode()) == service, f"{method} {path}"


def test_nothing_inside_admits_a_caller_from_outside() -> None:
    inside = [(p, roles) for s in SERVICES for _, p, roles, _ in endpoints(s) if p.startswith("/internal/")]
    assert len(inside) > 10
    assert [one for one in inside if one[1] != (SERVICE,)] == []
