"""Bank statements over HTTP on real Kafka and Postgres: sent, matched, processed, paired by hand; twice and at once."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from services.payments.bank_statement.shapes import BankEntryPage, BankStatementPage, BankStatementShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.payments.statement_files import BANK, Line, camt
from tests.services.payments.test_service import balance, invoiced
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

PATH = "/v1/bank-statements"
FIRST_IBAN, OTHER_IBAN = "FR1420041010050500013M02606", "BE68539007547034"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("statements")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def sent(services: Services, content: bytes, *, status: int = 201, **params: Any) -> dict[str, Any]:
    """A statement that is sent, once it is matched."""
    answer = await services.payments.post(PATH, content=content, params=params)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return await settled(services, found["id"])


async def settled(services: Services, statement_id: str) -> dict[str, Any]:
    def still(answer: httpx.Response) -> bool:
        found = answer.json()
        return found["status"] in ("matched", "processed") and not found["counts"]["booking"]

    answer = await until(lambda: services.payments.get(f"{PATH}/{statement_id}"), still)
    BankStatementShape.model_validate(found := answer.json())
    shown: dict[str, Any] = found
    return shown


async def matches(services: Services, statement_id: str, **params: Any) -> list[dict[str, Any]]:
    answer = await services.payments.get(f"{PATH}/{statement_id}/matches", params=params)
    BankEntryPage.model_validate(page := answer.json())
    items: list[dict[str, Any]] = page["items"]
    return items


async def number_of(services: Services, account: str) -> str:
    [receivable] = (await services.payments.get(f"/v1/accounts/{account}/receivables")).json()["items"]
    return str(receivable["number"])


async def test_a_statement_is_matched_and_processed_and_the_rest_is_paired_by_hand_r48(services: Services) -> None:
    for account in ("st-1", "st-2", "st-3"):
        await invoiced(services, account, "30.03")
    first, second = [(await number_of(services, account)).lower().replace("-", " ") for account in ("st-1", "st-2")]
    content = camt(
        [
            Line("36.04", f"Re. {first}", reference="A1", iban=FIRST_IBAN),
            Line("30.00", f"part of {second}", reference="A2"),
            Line("36.04", "thank you", reference="A3", name="Nobody Known"),
            Line("-5.00", "fee", reference="A4"),
        ]
    )
    statement = await sent(services, content, name="october.xml")
    assert statement["counts"] == {
        **{"exact": 1, "probable": 1, "unmatched": 1, "booking": 0, "booked": 0, "ignored": 0, "outgoing": 1}
    }
    shown = await matches(services, statement["id"])
    assert [entry["confidence"] for entry in shown] == ["exact", "probable", "none", "none"]
    assert (shown[0]["name"], shown[0]["text"]) == ("Ann Example", f"Re. {first}")
    assert shown[1]["candidates"][0]["reasons"] == ["invoice_number", "other_amount"]

    done = await services.payments.post(f"{PATH}/{statement['id']}/process")
    assert done.status_code == 200, done.text
    assert (await settled(services, statement["id"]))["counts"]["booked"] == 1
    assert await balance(services, "st-1") == ("0.00", "0.00", "0.00")
    payments = (await services.payments.get("/v1/payments?account_id=st-1")).json()["items"]
    assert [(one["id"], one["external_key"], one["method"]) for one in payments] == [
        (shown[0]["id"], shown[0]["id"], "bank_transfer")
    ]

    entries = f"{PATH}/{statement['id']}/entries"
    confirmed = await services.payments.post(f"{entries}/{shown[1]['id']}/confirm")
    assert confirmed.json()["status"] == "booked", confirmed.text
    assert await balance(services, "st-2") == ("6.04", "0.00", "6.04")
    hand = {"account_id": "st-3", "invoice_id": await number_of(services, "st-3")}
    both = await asyncio.gather(
        *(services.payments.post(f"{entries}/{shown[2]['id']}/pair", json=hand) for _ in range(2))
    )
    assert sorted(answer.status_code for answer in both) == [200, 409], [answer.text for answer in both]
    await until(lambda: balance(services, "st-3"), lambda told: told == ("0.00", "0.00", "0.00"))
    assert await matches(services, statement["id"], waiting="true") == []


async def test_the_same_statement_and_the_same_entries_of_another_change_nothing_r52(services: Services) -> None:
    await invoiced(services, "twice-1", "30.03")
    number = await number_of(services, "twice-1")
    lines = [Line("36.04", number, reference="T1"), Line("1.00", "x"), Line("1.00", "x")]
    both = await asyncio.gather(*(services.payments.post(PATH, content=camt(lines)) for _ in range(2)))
    assert {answer.status_code for answer in both} <= {200, 201}
    [statement_id] = {answer.json()["id"] for answer in both}
    statement = await settled(services, statement_id)
    assert (statement["entries"], statement["repeated"], len(await matches(services, statement_id))) == (3, 0, 3)
    again = await sent(services, gzipped(camt(lines)), status=200)
    assert again["id"] == statement_id
    longer = await sent(services, camt([*lines, Line("2.00", "y", reference="T2")], version="02"))
    assert (longer["entries"], longer["repeated"], len(await matches(services, longer["id"]))) == (4, 3, 1)
    for one in (statement_id, longer["id"], statement_id):
        await services.payments.post(f"{PATH}/{one}/process")
        await settled(services, one)
    assert await balance(services, "twice-1") == ("0.00", "0.00", "0.00")
    page = BankStatementPage.model_validate((await services.payments.get(PATH, params={"bank_account": BANK})).json())
    assert {statement_id, longer["id"]} <= {item.id for item in page.items}


def gzipped(content: bytes) -> bytes:
    """The same file: what is told is told of what is in it."""
    assert gzip.decompress(gzip.compress(content)) == content
    return content


async def test_who_has_paid_once_is_known_by_his_bank_account(services: Services) -> None:
    for account in ("iban-1", "iban-2"):
        await invoiced(services, account, "10.00")
    known = await sent(services, camt([Line("12.00", "hello", iban=OTHER_IBAN, reference="I1")]))
    [entry] = await matches(services, known["id"])
    assert entry["confidence"] == "none"
    paired = await services.payments.post(
        f"{PATH}/{known['id']}/entries/{entry['id']}/pair", json={"account_id": "iban-1"}
    )
    assert paired.json()["status"] == "booked", paired.text
    other = await sent(services, camt([Line("1.00", "hello again", iban=OTHER_IBAN, reference="I2")]))
    [entry] = await matches(services, other["id"])
    assert (entry["confidence"], entry["candidates"][0]["account_id"]) == ("probable", "iban-1")
    assert entry["candidates"][0]["reasons"] == ["payer_iban"]


async def test_csv_is_previewed_with_its_columns_and_taken(services: Services) -> None:
    content = "Tag;Betrag;Zweck\n09.10.2026;1,50;hallo\n".encode("cp1252")
    asked = await services.payments.post(PATH, content=content, params={"preview": "true"})
    assert (asked.status_code, asked.json()["headings"]) == (200, ["Tag", "Betrag", "Zweck"]), asked.text
    columns = (
        '{"booked_on": "Tag", "amount": "Betrag", "text": ["Zweck"], "date_format": "DD.MM.YYYY", "decimal_mark": ","}'
    )
    said: dict[str, Any] = {"format": "csv", "bank_account": "house-bank", "currency": "EUR", "columns": columns}
    shown = (await services.payments.post(PATH, content=content, params={**said, "preview": "true"})).json()
    assert (shown["entries"], shown["first"][0]["amount"]["amount"]) == (1, "1.50")
    statement = await sent(services, content, **said)
    assert (statement["bank_account"], statement["format"], statement["net"]["amount"]) == ("house-bank", "csv", "1.50")


async def test_nonsense_is_refused_with_its_place_and_readers_see_nothing_personal(services: Services) -> None:
    for content, params, code in (
        (b"", {}, "required"),
        (b"<!DOCTYPE x><Document/>", {"format": "camt"}, "malformed"),
        (b"a;b\n1;2\n", {"format": "csv"}, "required"),
        (camt([]), {"format": "ofx"}, "not_allowed"),
        (camt([Line("1.00")]).replace(b"EUR", b"EUX"), {}, "invalid"),
        (camt([Line("1.00")]).replace(b"2026-10-09", b"2026-13-09"), {}, "invalid"),
    ):
        refused = await services.payments.post(PATH, content=content, params=params)
        assert refused.json()["errors"][0]["code"] == code, refused.text
    statement = await sent(services, camt([Line("3.00", "secret", reference="P1", iban="GB82WEST12345698765432")]))
    answer = await services.payments.get(f"{PATH}/{statement['id']}/matches", headers=services.token("auditor"))
    [entry] = answer.json()["items"]
    assert (entry["name"], entry["text"], entry["iban"]) == ("sealed", "sealed", "")
    forbidden = await services.payments.post(f"{PATH}/{statement['id']}/process", headers=services.token("support"))
    assert forbidden.status_code == 403
    entries = f"{PATH}/{statement['id']}/entries/{entry['id']}"
    for path, body, code in (
        ("confirm", None, "nothing_proposed"),
        ("pair", {"account_id": "nobody"}, "account_not_found"),
        ("reopen", None, "entry_not_ignored"),
        ("ignore", {"reason": ""}, "too_short"),
    ):
        refused = await services.payments.post(f"{entries}/{path}", json=body)
        assert refused.status_code in (409, 422), refused.text
        assert refused.json()["errors"][0]["code"] in (code, "invalid", "out_of_bounds"), refused.text
    ignored = await services.payments.post(f"{entries}/ignore", json={"reason": "a gift"})
    assert (ignored.json()["status"], ignored.json()["detail"]) == ("ignored", "a gift")


async def test_a_key_stands_for_one_file_however_often_it_is_sent(services: Services) -> None:
    await invoiced(services, "st-key", "30.03")
    number = await number_of(services, "st-key")
    content, other = (camt([Line("36.04", text, reference=f"K-{text}")]) for text in (number, "other"))
    key = {"Idempotency-Key": "statement-of-october"}
    answers = [await services.payments.post(PATH, content=content, headers=key) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 200, 200]
    assert len({answer.json()["id"] for answer in answers}) == 1
    refused = await services.payments.post(PATH, content=other, headers=key)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "idempotency_key_reused")
    # Not even where the other file was taken before, under no key.
    await sent(services, other)
    again = await services.payments.post(PATH, content=other, headers=key)
    assert again.json()["errors"][0]["code"] == "idempotency_key_reused"
