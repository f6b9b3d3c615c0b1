"""Somebody who is held to one brand, on the whole product: every path of the OpenAPI document, with what is another's.

Brand nl has one customer, who was opened by its own key; all others of the demo are the operator's.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any, Final

import httpx
import pytest

from tests.kit.stacks import DemoStack
from tests.kit.waiting import until

pytestmark = pytest.mark.servers

ACCOUNT: Final = "brand-nl-1"
PARAMETER_LISTS: Final = {
    "account_id": ("/v1/accounts", "id"),
    "invoice_id": ("/v1/invoices", "id"),
    "payment_id": ("/v1/payments", "id"),
    "subscription_id": ("/v1/subscriptions", "id"),
    "charge_id": ("/v1/charges", "id"),
    "case_id": ("/v1/dunning/cases", "id"),
    "credit_note_id": ("/v1/credit-notes", "id"),
    "method_id": ("/v1/payment-methods", "id"),
    "collection_id": ("/v1/collections", "id"),
    "delivery_id": ("/v1/deliveries", "id"),
    "mandate_id": ("/v1/mandates", "id"),
    "refund_id": ("/v1/refunds", "id"),
    "run_id": ("/v1/billing-runs", "id"),
    "event_id": ("/v1/events", "id"),
    "resource_id": ("/v1/resources", "id"),
    "source_and_id": ("/v1/usage/records", "id"),
}
"""Where ids of another's things are found, as an admin sees them."""
OF_ALL: Final = {
    *("plan_id", "version", "cycle_id", "meter_id", "service_id", "profile_id", "table_id", "policy_id", "element_id"),
    *("coupon_id", "jurisdiction_id", "rate_id", "calendar_id", "name"),
}
"""Reference data: read by all."""


class Story:
    """The demo with a brand in it: what is whose, and who asks."""

    def __init__(self, demo: DemoStack, admin: httpx.AsyncClient, held: httpx.AsyncClient) -> None:
        self.demo, self.admin, self.held = demo, admin, held
        self.others: dict[str, list[str]] = defaultdict(list)
        self.operations: dict[str, dict[str, Any]] = {}

    @property
    def secret(self) -> list[str]:
        """Ids that nothing may tell; only such as stand for nothing else."""
        kinds = ("account_id", "invoice_id", "payment_id", "subscription_id", "charge_id", "case_id", "credit_note_id")
        return [one for kind in kinds for one in self.others[kind] if len(one) > 5]


async def begin(demo: DemoStack, stack: Any) -> Story:
    base: dict[str, Any] = {"base_url": demo.stack.base_url, "timeout": 60}
    admin = httpx.AsyncClient(**base, headers={"Authorization": f"Bearer {demo.played.admin_key}"})
    stack.push_async_callback(admin.aclose)
    entity = {
        **{"id": "nl", "name": "Northwind Nederland B.V.", "address": ["Damrak 1", "1012 LG Amsterdam"]},
        **{"street": "Damrak 1", "postal_code": "1012 LG", "city": "Amsterdam", "country": "NL"},
        **{"vat_id": "NL004495445B01", "registration_id": "33001122", "iban": "NL91ABNA0417164300"},
        **{"email": "billing@northwind.example", "phone": "+31 20 000 00 00"},
    }
    made = await admin.post("/v1/legal-entities", json=entity)
    assert made.status_code in (201, 409), made.text
    asked = {"name": "shop nl", "role": "billing", "legal_entities": ["nl"]}
    key = (await admin.post("/v1/api-keys", json=asked)).json()["key"]
    held = httpx.AsyncClient(**base, headers={"Authorization": f"Bearer {key}"})
    stack.push_async_callback(held.aclose)
    story = Story(demo, admin, held)
    for name, (path, column) in PARAMETER_LISTS.items():
        found = await admin.get(path, params={"limit": 50})
        assert found.status_code == 200, (path, found.text)
        items = [item for item in found.json()["items"] if item.get("account_id", "") != ACCOUNT]
        story.others[name] = [str(item[column]) for item in items if column in item and item[column] != ACCOUNT]
    assert len(story.secret) > 100
    story.operations = (await admin.get("/openapi.json")).json()["paths"]
    return story


def filled(path: str, story: Story) -> Iterator[str]:
    """The path with what is another's; with something unknown where there is none."""
    for n in range(3):
        target = path
        for name in [part.partition("}")[0] for part in path.split("{")[1:]]:
            known = story.others.get(name) or ["x1"]
            target = target.replace(f"{{{name}}}", known[n % len(known)])
        yield target


async def test_whoever_is_held_to_a_brand_sees_nothing_of_another_on_any_path(demo: DemoStack) -> None:
    async with AsyncExitStack() as stack:
        story = await begin(demo, stack)
        await their_own_account_is_theirs(story)
        await nothing_of_others_is_read(story)
        await nothing_of_others_is_changed(story)
        await bodies_name_nothing_of_others(story)
        await others_cursors_and_filters_open_nothing(story)


async def their_own_account_is_theirs(story: Story) -> None:
    """It is opened, subscribed, paid for and read by them."""
    cycle = (await story.admin.get("/v1/billing-cycles")).json()["items"][0]["id"]
    body = {"id": ACCOUNT, "name": "Anna Vries", "currency": "EUR", "cycle_id": cycle, "tax_rate": "21"}
    opened = await story.held.post("/v1/accounts", json=body)
    assert opened.status_code in (201, 409), opened.text
    assert (await story.held.get(f"/v1/accounts/{ACCOUNT}")).status_code == 200
    for entity in ("other", None):
        stolen = await story.held.post("/v1/accounts", json={**body, "id": "brand-x", "legal_entity": entity})
        assert stolen.status_code in (422, 404), stolen.text
    paths = ("bill-profile", "balance", "exposure")
    for path in paths:

        async def is_there(path: str = path) -> bool:
            return (await story.held.get(f"/v1/accounts/{ACCOUNT}/{path}")).status_code == 200

        await until(is_there)
    profile = (await story.held.get(f"/v1/accounts/{ACCOUNT}/bill-profile")).json()
    assert profile["legal_entity"] == "nl"
    payment = {"id": "pay-nl-1", "account_id": ACCOUNT, "method": "cash", "received_on": opened.json()["opened_on"]}
    payment["amount"] = {"amount": "12.00", "currency": "EUR"}
    paid = await story.held.post("/v1/payments", json=payment)
    assert paid.status_code in (201, 409), paid.text
    assert [p["id"] for p in (await story.held.get("/v1/payments")).json()["items"]] == ["pay-nl-1"]
    moved = await story.held.patch(f"/v1/accounts/{ACCOUNT}/bill-profile", json={"legal_entity": None})
    assert (moved.status_code, moved.json()["errors"][0]["code"]) == (422, "legal_entity_not_found")

    async def is_listed() -> bool:
        items = (await story.held.get("/v1/customer-configs")).json()["items"]
        return [item["account_id"] for item in items] == [ACCOUNT]

    await until(is_listed)
    assert [a["id"] for a in (await story.held.get("/v1/accounts")).json()["items"]] == [ACCOUNT]


async def nothing_of_others_is_read(story: Story) -> None:
    wrong: list[Any] = []
    asked = 0
    for path, operations in story.operations.items():
        if "get" not in operations or path in ("/v1/stream",) or not path.startswith("/v1/"):
            continue
        for target in dict.fromkeys(filled(path, story)):
            answer = await story.held.get(target)
            asked += 1
            told = next((one for one in story.secret if one in answer.text and one not in target), None)
            names = [part.partition("}")[0] for part in path.split("{")[1:]]
            of_others = any(name not in OF_ALL for name in names) and "/v1/session" not in path
            if told is not None or answer.status_code >= 500:
                wrong.append((target, answer.status_code, told, answer.text[:300]))
            public = "security" in operations["get"] and not operations["get"]["security"]
            if of_others and answer.status_code not in (403, 404, 400, 422) and not public:
                wrong.append((target, answer.status_code, "of another", answer.text[:300]))
            if not names and answer.status_code == 403 and path.startswith(ALWAYS_OPEN):
                wrong.append((target, answer.status_code, "closed", answer.text[:300]))
    assert asked > 300
    assert wrong == [], "\n".join(map(str, wrong))


ALWAYS_OPEN: Final = (
    *("/v1/reports/", "/v1/invoices", "/v1/payments", "/v1/accounts", "/v1/subscriptions", "/v1/charges", "/v1/search"),
    *(
        "/v1/overview",
        "/v1/plans",
        "/v1/tax/rates",
        "/v1/dunning/cases",
        "/v1/trial-balance",
        "/v1/events",
        "/v1/refunds",
    ),
    *("/v1/collections", "/v1/disputes", "/v1/usage/records", "/v1/usage/summary", "/v1/exposures", "/v1/late-fees"),
    *("/v1/resources", "/v1/usage/sessions", "/v1/saved-views", "/v1/report-jobs", "/v1/report-schedules"),
)


async def nothing_of_others_is_changed(story: Story) -> None:
    """No command that names a thing of another does anything, whatever its body: 404, as for one that is not there."""
    wrong = []
    for path, operations in story.operations.items():
        for method in ("post", "put", "patch", "delete"):
            if method not in operations or "{" not in path or path.startswith(("/v1/session", "/v1/payment-links")):
                continue
            if not operations[method].get("security", True) or "webhook" in path:
                continue
            for target in dict.fromkeys(filled(path, story)):
                answer = await story.held.request(method, target, json={} if method != "delete" else None)
                # Whose a schedule is, its owner's route asks: behind the look at the body, for whatever id.
                unread = path == "/v1/report-schedules/{schedule_id}" and answer.status_code == 422
                if answer.status_code not in (403, 404) and not unread:
                    wrong.append((method, target, answer.status_code, answer.text[:200]))
    assert wrong == [], "\n".join(map(str, wrong))


async def bodies_name_nothing_of_others(story: Story) -> None:
    account, invoice = story.others["account_id"][0], story.others["invoice_id"][0]
    subscription, case = story.others["subscription_id"][0], (story.others["case_id"] or ["x"])[0]
    bodies: list[tuple[str, Any]] = [
        ("/v1/payments", {"account_id": account, "amount": "1.00", "currency": "EUR", "method": "cash"}),
        ("/v1/payments", {"account_id": ACCOUNT, "invoice_id": invoice, "amount": "1.00", "currency": "EUR"}),
        ("/v1/subscriptions", {"account_id": account, "plan_id": "home", "starts_on": "2026-11-01"}),
        ("/v1/charges", {"account_id": account, "amount": "1.00", "description": "x"}),
        ("/v1/charges", {"account_id": ACCOUNT, "subscription_id": subscription, "amount": "1", "description": "x"}),
        ("/v1/promises", {"account_id": account}),
        ("/v1/collections", {"account_id": account}),
        ("/v1/mandates", {"account_id": account}),
        ("/v1/payment-methods", {"account_id": account}),
        ("/v1/write-offs", {"invoice_id": invoice}),
        ("/v1/invoices", {"account_id": account}),
        ("/v1/billing-runs", {"account_ids": [ACCOUNT, account], "target_date": "2026-11-01"}),
        ("/v1/reratings", {"account_ids": [account]}),
        ("/v1/tax/exemptions", {"account_id": account}),
        ("/v1/spend-alerts", {"account_id": account}),
        ("/v1/dunning/cases/pause", {"case_ids": [case]}),
        ("/v1/vouchers/redemptions", {"account_id": account}),
        ("/v1/accounts", {"id": "brand-y", "name": "y", "currency": "EUR", "cycle_id": "m", "billed_by": account}),
        ("/v1/accounts", {"id": "brand-y", "name": "y", "currency": "EUR", "cycle_id": "m", "parent_id": account}),
    ]
    for path, body in bodies:
        answer = await story.held.post(path, json=body)
        assert (answer.status_code, answer.json()["errors"][0]["code"][-10:]) == (422, "_not_found"), (
            path,
            body,
            answer.text,
        )
        unknown = json.loads(json.dumps(body).replace(account, "nobody-1").replace(invoice, "nobody-1"))
        same = await story.held.post(path, json=unknown)
        assert same.status_code == 422, "what is another's is refused as what is not there"
    whole = await story.held.post("/v1/billing-runs", json={"target_date": "2026-11-01"})
    assert (whole.status_code, whole.json()["errors"][0]["code"]) == (403, "out_of_entity")
    reported = await story.held.post("/v1/usage/records", json=[])
    assert reported.json()["errors"][0]["code"] == "out_of_entity"
    assert "known only once it is counted" in reported.json()["errors"][0]["detail"]
    for path in ("/v1/plans", "/v1/tax/rates", "/v1/dunning/policies", "/v1/legal-entities", "/v1/bank-statements"):
        refused = await story.held.post(path, json={})
        code = refused.json()["errors"][0]["code"]  # what only admins do is refused for the role first
        assert (refused.status_code, code in ("out_of_entity", "forbidden")) == (403, True), (path, refused.text)


async def others_cursors_and_filters_open_nothing(story: Story) -> None:
    for path in ("/v1/invoices", "/v1/payments", "/v1/subscriptions", "/v1/customer-configs", "/v1/charges"):
        first = (await story.admin.get(path, params={"limit": 2})).json()
        cursor = first["next_cursor"]
        assert cursor is not None, path
        further = await story.held.get(path, params={"limit": 2, "cursor": cursor})
        assert not any(one in further.text for one in story.secret), path
        other = await story.held.get(path, params={"account_id": story.others["account_id"][0]})
        assert other.status_code in (200, 400), (path, other.text)
        if other.status_code == 200:
            assert (other.json()["items"], other.json()["total"], other.json()["totals"]) == ([], 0, []), path
    for q in (story.others["account_id"][0], story.others["invoice_id"][0]):
        assert (await story.held.get("/v1/search", params={"q": q})).json()["items"] == [], q
    theirs = await story.admin.post("/v1/report-jobs", json={"list": "invoices"})
    job = theirs.json()["id"]
    for method, what in (("GET", ""), ("POST", "/rerun"), ("GET", "/download"), ("POST", "/cancel")):
        assert (await story.held.request(method, f"/v1/report-jobs/{job}{what}")).status_code == 404
    own = (await story.held.post("/v1/report-jobs", json={"list": "customer-configs"})).json()

    async def is_done() -> bool:
        return bool((await story.held.get(f"/v1/report-jobs/{own['id']}")).json()["status"] == "done")

    await until(is_done)
    file = await story.held.get(f"/v1/report-jobs/{own['id']}/download")
    assert ACCOUNT in file.text and not any(one in file.text for one in story.secret)
    key = {"Idempotency-Key": "same-key"}
    whole = await story.admin.post("/v1/report-jobs", json={"list": "invoices"}, headers=key)
    part = await story.held.post("/v1/report-jobs", json={"list": "invoices"}, headers=key)
    assert (part.status_code, part.json()["id"] == whole.json()["id"]) == (201, False)
