"""Deliveries over HTTP, on real Kafka and Postgres, with a real mail server and a real receiver of webhooks."""

from __future__ import annotations

import asyncio
import io
import os
import signal
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import pytest
import pytest_asyncio
from aiosmtpd.smtp import SMTP, Envelope
from httpx import Response

from services.invoicing.delivery.shapes import DeliveryDetail, DeliveryPage, SentShape
from services.invoicing.invoice.state import invoice_id_of
from services.invoicing.service import SERVICE
from shared.engine.rebuild.job import RebuildJob
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.delivery.test_delivery_report import NO_USER, recipient, report
from tests.services.invoicing.processes.mail_server import Mailbox, mail_server, taken
from tests.services.invoicing.processes.receiver import SECRET, Receiver, answers, receiver
from tests.services.invoicing.story import SEPTEMBER, charge, closed, opened, subscribed
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

WAIT_S = 60


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def box() -> AsyncIterator[Mailbox]:
    async with mail_server() as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hook() -> AsyncIterator[Receiver]:
    async with receiver() as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory, box: Mailbox) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("deliveries")
    async with fresh_environment(servers, directory) as environment:
        settings = environment.settings.model_copy(
            update={
                "smtp_host": "127.0.0.1",
                "smtp_port": box.port,
                "smtp_security": "none",
                "smtp_sender": "billing@operator.example",
                "instance": "invoicing-1",
            }
        )
        async with running(settings, "invoicing", "payments") as started:
            yield started


async def drafted(services: Services, account: str) -> str:
    """An account with an address and a closed September; the path of its invoice."""
    name = await services.vault.seal(account, f"Customer {account}")
    details = await services.vault.seal(account, f'{{"email": "{account}@example.org", "language": "de"}}')
    await services.rating_says(
        msgspec.structs.replace(opened(account), name=name, details=details),
        subscribed(account),
        charge(1, "30.03", account=account),
        closed(1, "30.03", account=account),
    )
    path = f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}"
    async with asyncio.timeout(WAIT_S):
        while (await services.invoicing.get(f"{path}/lines")).status_code != 200:
            await asyncio.sleep(0.05)
    return path


async def issued(services: Services, account: str) -> str:
    path = await drafted(services, account)
    answer = await services.invoicing.post(f"{path}/issue")
    assert answer.status_code == 200, answer.text
    return path


async def prefers(services: Services, account: str, **delivery: Any) -> None:
    path = f"/v1/accounts/{account}/bill-profile"
    answer = await services.invoicing.patch(path, json={"delivery": delivery})
    assert answer.status_code == 200, answer.text


async def send(services: Services, path: str, **body: Any) -> dict[str, Any]:
    answer = await services.invoicing.post(f"{path}/send", json=body)
    assert answer.status_code == 201, answer.text
    SentShape.model_validate(answer.json())
    (delivery,) = answer.json()["deliveries"]
    return dict(delivery)


async def until_it_is(services: Services, delivery: dict[str, Any], *statuses: str) -> dict[str, Any]:
    async with asyncio.timeout(WAIT_S):
        while True:
            answer = await services.invoicing.get(f"/v1/deliveries/{delivery['id']}")
            assert answer.status_code == 200, answer.text
            if answer.json()["status"] in statuses:
                DeliveryDetail.model_validate(answer.json())
                return dict(answer.json())
            await asyncio.sleep(0.1)


def mails_to(box: Mailbox, account: str) -> list[Any]:
    return [mail for mail in box.mails if f"{account}@example.org" in str(mail["To"])]


async def soon(services: Services, delivery_id: str) -> None:
    """The pause before the next attempt is over: what the clock would do in a minute."""
    connection = await asyncpg.connect(services.settings.postgres_dsn_of("invoicing"))
    try:
        await connection.execute(
            "update live.delivery_row set due_at = asked_at where delivery_id = $1 and due_at is not null", delivery_id
        )
    finally:
        await connection.close()


async def test_an_invoice_goes_to_its_account_by_mail_with_its_document(services: Services, box: Mailbox) -> None:
    path = await issued(services, "mail-1")
    done = await until_it_is(services, await send(services, path), "sent")
    (mail,) = mails_to(box, "mail-1")
    assert (done["to"], done["attempts"], done["reason"]) == (["mail-1@example.org"], 1, "250")
    assert str(mail["Message-ID"]) == f"<{done['id']}@operator.example>"
    (attached,) = mail.iter_attachments()
    pdf = await services.invoicing.get(f"{path}/pdf")
    assert attached.get_payload(decode=True) == pdf.content
    assert str(mail["Subject"]).startswith("Rechnung INV-")
    assert [(one["n"], one["outcome"]) for one in done["attempts_made"]] == [(1, "sent")]
    auditor = await services.invoicing.get(f"/v1/deliveries/{done['id']}", headers=services.token("auditor"))
    assert auditor.json()["to"] == ["sealed"]
    refused = await services.invoicing.post(f"{path}/send", headers=services.token("support"))
    assert refused.status_code == 403


async def test_what_is_issued_goes_out_by_itself_by_every_channel(
    services: Services, box: Mailbox, hook: Receiver
) -> None:
    path = await drafted(services, "auto-1")
    webhook = {"url": hook.url, "secret": SECRET}
    await prefers(services, "auto-1", email={"to": ["auto-1@example.org"]}, webhook=webhook, automatic=True)
    profile = await services.invoicing.get("/v1/accounts/auto-1/bill-profile")
    assert profile.json()["delivery"] == {
        "email": {"to": ["auto-1@example.org"]},
        "webhook": {"url": hook.url, "gone": False},
        "print": False,
        "automatic": True,
    }
    assert SECRET not in profile.text
    assert (await services.invoicing.post(f"{path}/issue")).status_code == 200
    page = (await services.invoicing.get("/v1/deliveries", params={"account_id": "auto-1"})).json()
    DeliveryPage.model_validate(page)
    assert sorted((one["channel"], one["automatic"]) for one in page["items"]) == [("email", True), ("webhook", True)]
    for delivery in page["items"]:
        await until_it_is(services, delivery, "sent")
    assert len(mails_to(box, "auto-1")) == 1 and hook.forged == 0
    ((webhook_id, told),) = hook.calls
    assert webhook_id == next(one["id"] for one in page["items"] if one["channel"] == "webhook")
    assert (told["type"], told["data"]["account_id"]) == ("invoice.issued", "auto-1")
    assert told["data"]["total"] == {"amount": "36.04", "currency": "EUR"} and "Customer" not in str(told)


async def test_the_same_request_twice_at_one_moment_is_one_delivery(services: Services, box: Mailbox) -> None:
    path = await issued(services, "twice-1")
    answers_ = await asyncio.gather(*(services.invoicing.post(f"{path}/send", json={}) for _ in range(5)))
    assert {answer.status_code for answer in answers_} == {201}
    page = (await services.invoicing.get("/v1/deliveries", params={"account_id": "twice-1"})).json()
    # The first may be through before the last is asked for, which then is a second wish; but none is doubled.
    ids = {answer.json()["deliveries"][0]["id"] for answer in answers_}
    assert {one["id"] for one in page["items"]} == ids
    keyed = [
        await services.invoicing.post(f"{path}/send", json={}, headers={"Idempotency-Key": "once"}) for _ in range(2)
    ]
    assert keyed[0].json()["deliveries"][0]["id"] == keyed[1].json()["deliveries"][0]["id"]
    for one in page["items"]:
        await until_it_is(services, one, "sent")
    identities = [str(mail["Message-ID"]) for mail in mails_to(box, "twice-1")]
    assert len(identities) == len({*identities})


async def test_a_mailbox_that_is_away_is_tried_again_and_one_that_is_not_there_bounces(
    services: Services, box: Mailbox
) -> None:
    path = await issued(services, "grey-1")
    box.refuses["grey-1@example.org"] = ["450 4.2.0 <grey-1@example.org> greylisted"]
    delivery = await send(services, path)
    async with asyncio.timeout(WAIT_S):
        while (waiting := await until_it_is(services, delivery, "waiting"))["attempts"] == 0:
            await asyncio.sleep(0.1)
    assert (waiting["reason"], waiting["answer"]) == ("450", "4.2.0 <…> greylisted")
    assert waiting["next_attempt_at"] > waiting["asked_at"]
    await soon(services, delivery["id"])
    done = await until_it_is(services, delivery, "sent")
    assert [one["outcome"] for one in done["attempts_made"]] == ["deferred", "sent"]
    assert len(mails_to(box, "grey-1")) == 1
    box.refuses["nobody@example.org"] = ["550 5.1.1 no such user"]
    bounced = await until_it_is(services, await send(services, path, to=["nobody@example.org"]), "bounced")
    assert (bounced["reason"], bounced["attempts"]) == ("550", 1)
    listed = await services.invoicing.get("/v1/deliveries", params={"status": "bounced", "account_id": "grey-1"})
    assert [one["id"] for one in listed.json()["items"]] == [bounced["id"]]
    again = await services.invoicing.post(f"/v1/deliveries/{bounced['id']}/resend", json={"to": ["grey-1@example.org"]})
    assert (again.status_code, again.json()["resend_of"]) == (201, bounced["id"]), again.text
    await until_it_is(services, again.json(), "sent")
    told = await services.invoicing.post(
        f"/v1/deliveries/{again.json()['id']}/bounce", json={"code": "5.2.2", "reason": "full: <grey-1@example.org>"}
    )
    assert (told.json()["status"], told.json()["answer"]) == ("bounced", "full: <…>")


async def test_killed_between_the_mail_and_its_outcome_it_asks_a_person_and_never_sends_twice(
    services: Services, box: Mailbox
) -> None:
    path = await issued(services, "kill-1")
    process = services.processes["invoicing"]

    async def kills(server: SMTP, envelope: Envelope) -> str:
        box.data = taken
        os.kill(process.pid, signal.SIGKILL)
        return "250 OK"

    box.data = kills
    try:
        delivery = await send(services, path)
        await until(lambda: mails_to(box, "kill-1"), within_s=WAIT_S)
    finally:
        box.data = taken
    await services.crash("invoicing")
    unknown = await until_it_is(services, delivery, "unknown")
    assert (unknown["attempts"], unknown["reason"]) == (1, "no_outcome")
    assert {one["action"]: one["allowed"] for one in unknown["allowed_actions"]}["resend"]
    await until_it_is(services, await send(services, await issued(services, "kill-2")), "sent")
    assert len(mails_to(box, "kill-1")) == 1
    again = await services.invoicing.post(f"/v1/deliveries/{delivery['id']}/resend", json={})
    await until_it_is(services, again.json(), "sent")
    first, second = (str(mail["Message-ID"]) for mail in mails_to(box, "kill-1"))
    assert first != second


async def test_killed_in_a_webhook_it_calls_again_under_the_same_id(services: Services, hook: Receiver) -> None:
    path = await issued(services, "hook-1")
    await prefers(services, "hook-1", webhook={"url": hook.url, "secret": SECRET})
    process = services.processes["invoicing"]

    async def kills() -> int:
        hook.answer = answers(200)
        os.kill(process.pid, signal.SIGKILL)
        return 200

    hook.answer = kills
    seen = len(hook.calls)
    try:
        delivery = await send(services, path, channels=["webhook"])
        await until(lambda: len(hook.calls) > seen, within_s=WAIT_S)
    finally:
        hook.answer = answers(200)
    await services.crash("invoicing")
    done = await until_it_is(services, delivery, "sent")
    assert (hook.calls[seen:][0], done["attempts"]) == (hook.calls[seen:][1], 1)
    assert hook.calls[seen][0] == delivery["id"]


async def test_a_mail_systems_own_report_makes_a_delivery_bounce(services: Services, box: Mailbox) -> None:
    path = await issued(services, "report-1")
    delivery = await until_it_is(services, await send(services, path), "sent")
    (mail,) = mails_to(box, "report-1")
    original = f"Message-ID: {mail['Message-ID']}\n"
    as_mail = {"Content-Type": "message/rfc822"}

    async def reported(content: bytes) -> Response:
        return await services.invoicing.post("/v1/deliveries/reports", content=content, headers=as_mail)

    late = await reported(report(recipient("delayed", "4.4.1"), original=original))
    assert (late.status_code, late.json()["status"]) == (200, "sent"), late.text
    told = await reported(report(NO_USER, original=original))
    assert (told.json()["id"], told.json()["status"], told.json()["reason"]) == (delivery["id"], "bounced", "5.1.1")
    assert "@" not in told.json()["answer"]
    again = await services.invoicing.post(
        "/v1/deliveries/reports", json={"mail": report(NO_USER, original=original).decode()}
    )
    assert again.json() == told.json()
    assert (await reported(b"Subject: out of office\n\nI am away.")).status_code == 400
    assert (await reported(report(NO_USER))).status_code == 404
    assert (await services.invoicing.post("/v1/deliveries/reports", json={})).json()["errors"][0]["pointer"] == "/mail"


async def test_a_webhook_that_is_gone_is_off_until_it_is_set_anew(services: Services, hook: Receiver) -> None:
    path = await issued(services, "gone-1")
    await prefers(services, "gone-1", webhook={"url": hook.url, "secret": SECRET})
    hook.answer = answers(410)
    failed = await until_it_is(services, await send(services, path, channels=["webhook"]), "failed")
    assert failed["reason"] == "410"
    refused = await services.invoicing.post(f"{path}/send", json={"channels": ["webhook"]})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "webhook_gone")
    hook.answer = answers(200)
    # The secret is never shown; left out, it stays.
    await prefers(services, "gone-1", webhook={"url": hook.url})
    await until_it_is(services, await send(services, path, channels=["webhook"]), "sent")


async def test_what_is_printed_is_in_one_batch_and_no_other(services: Services) -> None:
    deliveries = [
        await send(services, await issued(services, account), channels=["print"]) for account in ("print-1", "print-2")
    ]
    both = await asyncio.gather(*(services.invoicing.post("/v1/print-batches", json={}) for _ in range(2)))
    assert {answer.status_code for answer in both} == {201}
    made = [one["id"] for answer in both for one in answer.json()["deliveries"]]
    assert sorted(made) == sorted(one["id"] for one in deliveries)
    batches = {answer.json()["id"] for answer in both if answer.json()["documents"]}
    files = []
    for batch in batches:
        zipped = await services.invoicing.get(f"/v1/print-batches/{batch}/zip")
        assert zipped.status_code == 200, zipped.text
        with zipfile.ZipFile(io.BytesIO(zipped.content)) as archive:
            pdfs = [name for name in archive.namelist() if name.endswith(".pdf")]
            assert all(archive.read(name).startswith(b"%PDF") for name in pdfs)
            assert archive.read("manifest.csv").decode().count("\r\n") == len(pdfs) + 1
            files += pdfs
        again = await services.invoicing.get(f"/v1/print-batches/{batch}/zip")
        assert again.content == zipped.content
    assert len(files) == 2
    empty = (await services.invoicing.post("/v1/print-batches", json={})).json()
    assert (empty["documents"], empty["more"]) == (0, False)
    assert (await services.invoicing.get("/v1/print-batches/x")).status_code == 404


@pytest.mark.parametrize(
    ("body", "code", "pointer"),
    [
        ({"channels": []}, 422, "/channels"),
        ({"channels": ["fax"]}, 422, "/channels/0"),
        ({"to": ["not an address"]}, 422, "/to/0"),
        ({"to": ["ann@example.org\nBcc: all@example.org"]}, 422, "/to/0"),
        ({"channels": ["print"], "to": ["ann@example.org"]}, 422, "/to"),
        ({"whom": "Ann"}, 422, "/whom"),
    ],
    ids=["none", "unknown", "no address", "injection", "address of paper", "stranger"],
)
async def test_what_can_not_be_meant_is_refused_with_its_place(
    services: Services, body: dict[str, Any], code: int, pointer: str
) -> None:
    path = await issued(services, "refused-1") if pointer == "/channels" else _path("refused-1")
    answer = await services.invoicing.post(f"{path}/send", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (code, pointer), answer.text


def _path(account: str) -> str:
    return f"/v1/invoices/{invoice_id_of(account, SEPTEMBER)}"


async def test_a_draft_is_not_sent_and_preferences_are_checked(services: Services) -> None:
    path = await drafted(services, "draft-1")
    answer = await services.invoicing.post(f"{path}/send", json={})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "not_issued")
    profile = "/v1/accounts/draft-1/bill-profile"
    for delivery, pointer in (
        ({"webhook": {"url": "https://example.org/"}}, "/delivery/webhook/secret"),
        ({"webhook": {"url": "ftp://example.org/", "secret": SECRET}}, "/delivery/webhook/url"),
        ({"webhook": {"url": "https://me:pw@example.org/", "secret": SECRET}}, "/delivery/webhook/url"),
        ({"webhook": {"url": "https://example.org/", "secret": "short"}}, "/delivery/webhook/secret"),
        ({"email": {"to": ["x"]}}, "/delivery/email/to/0"),
    ):
        refused = await services.invoicing.patch(profile, json={"delivery": delivery})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, pointer), refused.text
    stale = await services.invoicing.patch(profile, json={"delivery": {}}, headers={"If-Match": "7"})
    assert stale.status_code == 412


async def test_a_rebuild_sends_nothing(services: Services, box: Mailbox, hook: Receiver) -> None:
    page = (await services.invoicing.get("/v1/deliveries", params={"limit": "200"})).json()
    for one in page["items"]:
        if one["channel"] != "print":
            await until_it_is(services, one, "sent", "bounced", "failed", "unknown", "cancelled")
    before = (len(box.mails), len(hook.calls))
    proof = await RebuildJob(services.settings, SERVICE, processes=0, watch=lambda step: None).rebuild()
    assert proof.shown, proof
    page = (await services.invoicing.get("/v1/deliveries", params={"limit": "200"})).json()
    done = await until_it_is(services, await send(services, await issued(services, "after-1")), "sent")
    again = (await services.invoicing.get("/v1/deliveries", params={"limit": "200"})).json()
    assert [one for one in again["items"] if one["id"] != done["id"]] == page["items"]
    assert (len(box.mails) - 1, len(hook.calls)) == before
