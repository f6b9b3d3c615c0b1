"""What a visitor of the demo finds: documents that any accounting program takes."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.kit.stacks import DemoStack
from tests.kit.waiting import until
from tests.stories.operator import Operator

pytestmark = pytest.mark.servers


async def test_every_invoice_of_the_demo_is_an_electronic_invoice(demo: DemoStack) -> None:
    visitor = Operator(demo.stack, demo.played.admin_key)
    invoices = demo.played.report.numbers["invoices"]
    assert invoices > 24
    await visitor.check_documents(invoices)
    await visitor.http.aclose()


async def test_a_customer_reads_his_page_by_a_link_and_pays_and_reaches_nobody_elses(demo: DemoStack) -> None:
    """From the link that staff make to the page where money can be paid; what one invoice shows, the PDF shows."""
    visitor = Operator(demo.stack, demo.played.admin_key)
    invoices = (await visitor.get("/v1/invoices", status="issued", sort="-due", limit=500))["items"]
    (mine, *_) = invoices
    other = next(one for one in invoices if one["account_id"] != mine["account_id"])
    link = await visitor.create(f"/v1/accounts/{mine['account_id']}/customer-links", {"days": 1})
    headers = {"Authorization": f"Bearer {link['token']}"}
    async with httpx.AsyncClient(base_url=demo.base_url, headers=headers, timeout=60) as http:

        async def read(path: str, status: int = 200, **how: Any) -> httpx.Response:
            answer = await http.request(how.pop("method", "GET"), f"/v1/customer-page{path}", **how)
            assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text}"
            assert answer.headers["referrer-policy"] == "no-referrer" and answer.headers["cache-control"] == "no-store"
            return answer

        page, usage, balance = [(await read(path)).json() for path in ("", "/usage", "/balance")]
        assert page["name"] not in ("sealed", "erased") and balance["owed"] == page["owed"]
        assert usage["unbilled"]["provisional"] and usage["period"]["start"] <= usage["today"] == page["today"]
        listed = (await read("/invoices?limit=100")).json()
        assert mine["id"] in {one["id"] for one in listed["items"]} and other["id"] not in str(listed)
        shown = (await read(f"/invoices/{mine['id']}")).json()
        assert (shown["number"], shown["total"]) == (mine["number"], mine["total"])
        of_usage = [line for line in shown["lines"] if line["days"]]
        assert of_usage and all(line["unit"] for line in of_usage)
        pdf = await read(f"/invoices/{mine['id']}/pdf")
        assert pdf.content.startswith(b"%PDF") and pdf.headers["content-type"] == "application/pdf"
        pay = await read(f"/invoices/{mine['id']}/payment-link", method="POST")
        paid_at = await http.get(pay.json()["path"], headers={"Accept": "text/html"})
        assert paid_at.status_code == 200 and mine["number"] in paid_at.text
        for path in (
            f"/invoices/{other['id']}",
            f"/invoices/{other['id']}/pdf",
            "/invoices/no%2Fthing",
            "/invoices/x%00y",
        ):
            assert (await http.get(f"/v1/customer-page{path}")).status_code in (400, 404), path
        refused = await http.post(f"/v1/customer-page/invoices/{other['id']}/payment-link")
        assert refused.status_code == 404
        assert (await http.get("/v1/invoices")).status_code == 403
        tag = (await read("/usage")).headers["etag"]
        assert (await read("/usage", 304, headers={"If-None-Match": tag})).content == b""
        await visitor.ask("POST", f"/v1/accounts/{mine['account_id']}/customer-links/revoke")
        assert (await http.get("/v1/customer-page")).status_code == 401
    made = await visitor.get("/v1/events", topic="identity", account_id=mine["account_id"])
    assert {one["type"] for one in made["items"]} == {
        f"identity.CustomerLink{what}.v1" for what in ("Made", "sRevoked")
    }
    who = {"account_id": mine["account_id"], "actor": f"customer-link:{link['id']}"}
    await until(lambda: visitor.get("/v1/personal-data-reads", **who), lambda found: found["total"] > 0)
    await visitor.http.aclose()
