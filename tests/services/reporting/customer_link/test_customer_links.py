"""A customer's link is made and revoked in the audit trail, opens one account, and is kept nowhere."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from services.reporting.customer_link.letters import KIND, write_customer_link
from services.reporting.customer_link.links import ACTIVE_MAX
from services.reporting.mail.sending import MailSender
from services.reporting.personal_read.taking_over import take_over
from services.reporting.reading import reading_of
from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import Sealed
from tests.services.invoicing.processes.mail_server import mail_server
from tests.services.reporting.corrections import credited
from tests.services.reporting.identity.people import ask, code_of, exchange, trail
from tests.services.reporting.schedule.test_schedules import Process
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import (
    account_opened,
    allocated,
    drafted,
    issued,
    locked,
    paid,
    profile_opened,
    receivable,
)

pytestmark = pytest.mark.servers

PAGE = "/v1/customer-page"
LINKS = "/v1/accounts/acc-1/customer-links"
SMTP = {"smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": "none", "smtp_sender": "m@op.example"}


@pytest.fixture
async def told(stage: Stage) -> Stage:
    """Ann, whose German mail goes to ann@example.org, and two without an address."""
    await (await stage.vault.connected()).execute("delete from personal_read; delete from erased_account")
    for n in (1, 2, 3):
        name = await stage.vault.seal(f"acc-{n}", f"Ann {n}")
        fields = CustomerFields(email="ann@example.org", language="de-AT") if n == 1 else CustomerFields()
        details = None if n != 1 else Sealed(await stage.vault.seal("acc-1", fields.to_text() or ""))
        opened = account_opened(f"acc-{n}", name=name, zone="Pacific/Kiritimati" if n == 2 else "Europe/Paris")
        await stage.tell("rating.events", type(opened)(**{**_fields(opened), "details": details}))
    return stage


def _fields(event: Any) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__}


async def made(stage: Stage, account: str = "acc-1", **body: Any) -> dict[str, Any]:
    async with stage.client("support", actor="user:u7") as client:
        answer = await client.post(f"/v1/accounts/{account}/customer-links", json=body)
    assert answer.status_code == 201, answer.text
    link: dict[str, Any] = answer.json()
    return link


async def opens(stage: Stage, token: str, path: str = PAGE, **headers: str) -> httpx.Response:
    granted = await exchange(stage, customer_link=token)
    if granted.status_code != 200:
        return granted
    async with stage.client(role=None) as client:
        return await client.get(path, headers={"Authorization": f"Bearer {granted.json()['token']}", **headers})


async def issue(stage: Stage, n: int, account: str = "acc-1") -> None:
    invoice = f"inv-{account}-{n}"
    await stage.tell("invoicing.events", *drafted(invoice, account=account), locked(invoice, account=account))
    await stage.tell("invoicing.events", issued(invoice, number=f"INV-{n:06}", account=account))
    await stage.tell("payments.events", receivable(invoice, account=account))


async def test_a_link_opens_the_page_of_its_account_and_is_stored_nowhere(told: Stage) -> None:
    link = await made(told)
    assert link["path"] == f"/customer-page#{link['token']}" and link["mail_id"] is None
    page = await opens(told, link["token"])
    assert page.json() == {
        **{"name": "Ann 1", "language": "de-AT", "currency": "EUR", "time_zone": "Europe/Paris"},
        **{"today": "2026-10-12", "status": "active", "link_expires_at": link["expires_at"]},
        **{name: {"amount": "0.00", "currency": "EUR"} for name in ("owed", "overdue")},
    }
    assert page.headers["referrer-policy"] == "no-referrer" and page.headers["cache-control"] == "no-store"
    stored = str(await told.pool.fetch("select * from durable.customer_link"))
    assert link["token"].rpartition("_")[2] not in stored
    shown = await told.read(LINKS, role="billing")
    assert link["token"] not in str(shown) and shown["items"][0]["last_opened_at"] is not None


async def test_today_is_the_accounts_day_and_not_that_of_the_server(told: Stage) -> None:
    told.clock.at = told.clock.at.replace(hour=11)
    page = (await opens(told, (await made(told, "acc-2"))["token"])).json()
    assert (page["today"], page["time_zone"]) == ("2026-10-13", "Pacific/Kiritimati")


async def test_what_has_not_changed_is_not_sent_again(told: Stage) -> None:
    token = (await made(told))["token"]
    first = await opens(told, token)
    again = await opens(told, token, **{"If-None-Match": f'"x", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    await issue(told, 1)
    assert (await opens(told, token, **{"If-None-Match": first.headers["etag"]})).status_code == 200


async def test_a_forged_expired_or_revoked_link_opens_nothing_and_all_get_one_answer(told: Stage) -> None:
    token = (await made(told))["token"]
    other = (await made(told, "acc-2"))["token"]
    id_, _, signature = token[3:].rpartition("_")
    forged = (f"mc_{id_}_{'0' * 32}", f"mc_{other[3:].rpartition('_')[0]}_{signature}", token[:-1], f"{token}0", "mc_")
    answers = [await opens(told, one) for one in (*forged, "mc_é_" + "0" * 32, token.upper())]
    await told.pool.execute("update durable.customer_link set expires_at = now() where account_id = 'acc-2'")
    answers.append(await opens(told, other))
    async with told.client("support") as client:
        assert (await client.post(f"{LINKS}/revoke")).json() == {"account_id": "acc-1", "revoked": 1}
        assert (await client.post(f"{LINKS}/revoke")).json() == {"account_id": "acc-1", "revoked": 0}
        answers.append(await opens(told, token))
        for path in (LINKS, "/v1/accounts/acc-2/customer-links"):
            (item,) = (await client.get(path)).json()["items"]
            over = await client.post(f"{path}/{item['id']}/send")
            assert (item["status"] != "active", over.status_code, code_of(over)) == (True, 409, "customer_link_over")
    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(401, "unauthenticated")}
    assert len({answer.json()["detail"] for answer in answers}) == 1


async def test_all_links_of_an_account_end_at_once_and_those_of_others_stay(told: Stage) -> None:
    tokens = [(await made(told))["token"] for _ in range(3)]
    other = (await made(told, "acc-2"))["token"]
    async with told.client("billing") as client:
        assert (await client.post(f"{LINKS}/revoke")).json()["revoked"] == 3
    assert [(await opens(told, token)).status_code for token in (*tokens, other)] == [401, 401, 401, 200]


async def test_what_becomes_of_links_and_who_read_by_them_is_in_the_audit_trail(told: Stage) -> None:
    link = await made(told)
    await opens(told, link["token"])
    async with told.client("admin", actor="user:u1") as client:
        await client.post(f"{LINKS}/revoke")
    about = [("CustomerLinkMade", "acc-1", "user:u7"), ("CustomerLinksRevoked", "acc-1", "user:u1")]
    assert await trail(told) == about
    found = await told.read("/v1/events", account_id="acc-1", topic="identity")
    assert found["total"] == 2 and link["token"] not in str(found)
    event = await told.read(f"/v1/events/{found['items'][1]['id']}")
    assert event["data"] == {"account_id": "acc-1", "link_id": link["id"], "expires_at": link["expires_at"]}
    await take_over(told.pool, told.vault)
    (read,) = (await told.read("/v1/personal-data-reads", account_id="acc-1"))["items"]
    assert (read["actor"], read["role"], read["route"]) == (f"customer-link:{link['id']}", "customer", PAGE)


async def test_a_link_stays_one_under_its_idempotency_key_and_an_account_has_so_many(told: Stage) -> None:
    async with told.client("support") as client:
        once = [await client.post(LINKS, headers={"Idempotency-Key": "k"}) for _ in range(2)]
        assert once[0].json()["token"] == once[1].json()["token"]
        other = await client.post(LINKS, json={"days": 2}, headers={"Idempotency-Key": "k"})
        assert code_of(other) == "idempotency_key_reused"
        for _ in range(ACTIVE_MAX - 1):
            assert (await client.post(LINKS)).status_code == 201
        refused = await client.post(LINKS)
    assert (refused.status_code, code_of(refused)) == (409, "too_many_customer_links")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"days": 0}, 422, "out_of_bounds"),
        ({"days": 367}, 422, "out_of_bounds"),
        ({"days": "30"}, 422, "wrong_type"),
        ({"days": True}, 422, "wrong_type"),
        ({"send": 1}, 422, "wrong_type"),
        ({"account": "acc-2"}, 422, "unknown_field"),
        ({"send": True}, 409, "no_mail_server"),
    ],
)
async def test_a_link_that_makes_no_sense_is_refused(told: Stage, body: Any, status: int, code: str) -> None:
    async with told.client("support") as client:
        answer = await client.post(LINKS, json=body)
        assert (answer.status_code, code_of(answer)) == (status, code), answer.text
        assert (await client.post("/v1/accounts/nobody/customer-links")).status_code == 404
        assert (await client.post(f"{LINKS}/nothing/send")).status_code == 404


async def test_who_is_erased_has_no_link_and_those_he_had_open_nothing(told: Stage) -> None:
    token = (await made(told))["token"]
    await told.vault.erase("acc-1", keep_documents=True)
    assert (await opens(told, token)).status_code == 401
    async with told.client("support") as client:
        refused = await client.post(LINKS)
    assert (refused.status_code, code_of(refused)) == (409, "account_erased")


async def test_a_customer_sees_what_was_issued_to_him_page_by_page_and_nobody_elses(told: Stage) -> None:
    token = (await made(told))["token"]
    await told.tell("invoicing.events", profile_opened())
    for n in (1, 2, 3):
        await issue(told, n)
    await issue(told, 4, "acc-2")
    await told.tell("invoicing.events", *drafted("inv-draft"))
    await told.tell("payments.events", paid("pay-1", "14.88"), allocated("pay-1", "inv-acc-1-2", "14.88", open_="0.00"))
    first = (await opens(told, token, f"{PAGE}/invoices?limit=2")).json()
    rest = (await opens(told, token, f"{PAGE}/invoices?limit=2&cursor={first['next_cursor']}")).json()
    assert [len(first["items"]), len(rest["items"]), first["total"], rest["next_cursor"]] == [2, 1, 3, None]
    assert {item["id"] for item in first["items"] + rest["items"]} == {f"inv-acc-1-{n}" for n in (1, 2, 3)}
    unpaid = (await opens(told, token, f"{PAGE}/invoices?open=true")).json()
    assert {item["due"]["amount"] for item in unpaid["items"]} == {"14.88"} and unpaid["total"] == 2
    for wrong in ("account_id=acc-2", "limit=501", "open=maybe", "sort=account_id", "cursor=x"):
        assert (await opens(told, token, f"{PAGE}/invoices?{wrong}")).status_code in (400, 422), wrong
    assert (await opens(told, token)).json()["owed"]["amount"] == "29.76"


async def test_a_customer_sees_what_was_credited_to_him_and_nobody_elses(told: Stage) -> None:
    token, other = (await made(told))["token"], (await made(told, "acc-2"))["token"]
    await told.tell("invoicing.events", profile_opened())
    await issue(told, 1)
    await told.tell("invoicing.events", *credited("cn-1", "inv-acc-1-1", anew=None))
    page = (await opens(told, token, f"{PAGE}/credit-notes?limit=5")).json()
    (note,) = page["items"]
    assert (page["total"], page["next_cursor"]) == (1, None)
    assert (note["id"], note["number"], note["invoice_number"]) == ("cn-1", "CN-000001", "INV-000001")
    assert note["total"] == {"amount": "14.88", "currency": "EUR"}
    assert (await opens(told, other, f"{PAGE}/credit-notes")).json()["items"] == []
    assert (await opens(told, token, f"{PAGE}/credit-notes?account_id=acc-2")).status_code in (400, 422)


async def test_ten_thousand_invoices_are_a_page_at_a_time(told: Stage) -> None:
    token = (await made(told))["token"]
    await told.tell("invoicing.events", profile_opened())
    await issue(told, 1)
    columns = await told.pool.fetchval(
        "select string_agg(column_name, ', ') from information_schema.columns where table_schema = 'live'"
        " and table_name = 'invoice_list' and column_name not in ('invoice_id', 'number', 'issued_on')"
    )
    await told.pool.execute(
        f"insert into invoice_list ({columns}, invoice_id, number, issued_on)"
        f" select {columns}, 'many-' || n, 'M-' || n, date '2020-01-01' + n % 2000"
        " from invoice_list, generate_series(1, 9999) n"
    )
    seen: set[str] = set()
    cursor = ""
    for _ in range(3):
        page = (await opens(told, token, f"{PAGE}/invoices?limit=500{cursor}")).json()
        seen |= {item["id"] for item in page["items"]}
        cursor = f"&cursor={page['next_cursor']}"
    assert (len(seen), page["total"]) == (1500, 10_000)


async def test_the_link_goes_to_the_customers_address_in_his_words_and_stands_in_no_table(told: Stage) -> None:
    async with mail_server() as box:
        told.settings = told.settings.model_copy(
            update={**SMTP, "smtp_port": box.port, "url": "https://bills.example/"}
        )
        stage = Stage(told.pool, told.settings, told.vault)
        link = await made(stage, send=True, days=7)
        kept = str(await told.pool.fetch("select * from durable.mail"))
        assert "ann@example.org" not in kept and link["token"].rpartition("_")[2] not in kept
        read = reading_of(Process(stage, told.settings), told.vault)
        sender = MailSender({KIND: write_customer_link})
        assert await sender.send_next(read) and not await sender.send_next(read)
        async with stage.client("support") as client:
            without = await client.post("/v1/accounts/acc-2/customer-links", json={"send": True})
            assert (without.status_code, code_of(without)) == (409, "no_email")
            sent = await client.post(f"{LINKS}/{link['id']}/send")
            assert sent.status_code == 202 and sent.json()["mail_id"] != link["mail_id"]
            await client.post(f"{LINKS}/revoke")
        assert await sender.send_next(read)
    (mail,) = box.mails
    assert mail["To"] == "ann@example.org" and mail["Subject"] == "Ihr Verbrauch und Ihre Rechnungen"
    assert f"https://bills.example/customer-page#{link['token']}" in mail.get_content().replace("=\n", "")
    of_link = await told.read("/v1/mails", about=link["id"])
    assert [(item["status"], item["reason"]) for item in of_link["items"]] == [("failed", "link_gone"), ("sent", "250")]
    about = [kind for kind, _, _ in await trail(told)]
    assert about == ["CustomerLinkMade", "CustomerLinkMailed", "CustomerLinkMailed", "CustomerLinksRevoked"]


async def test_staff_do_not_pass_for_customers_nor_customers_for_staff(told: Stage) -> None:
    token = (await made(told))["token"]
    for path in ("/v1/invoices", "/v1/customer-configs/acc-1", LINKS, "/v1/session", "/v1/roles"):
        answer = await ask(told, "GET", path, customer_link=token)
        assert (answer.status_code, code_of(answer)) == (403, "forbidden"), path
    assert (await told.get(PAGE, role="admin")).status_code == 403
    both = await exchange(told, customer_link=token, api_key=token)
    assert both.status_code == 401
