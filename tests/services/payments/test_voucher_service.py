"""Vouchers over HTTP on real Kafka and Postgres: twenty who redeem one code, kills, guesses."""

from __future__ import annotations

import asyncio
import csv
import io
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from services.payments.voucher.api import VoucherPage, VoucherShape
from services.payments.voucher.redemption_api import VoucherRedemptionPage, VoucherRedemptionShape
from services.payments.voucher_batch.api import MadeVoucherBatch, VoucherBatchPage, VoucherBatchShape
from services.payments.voucher_batch.codes import printed, with_check_sign
from services.rating.account.messages import AccountClosed
from shared.engine.rebuild.job import RebuildJob
from shared.kernel.partition import partition_of
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import opened
from tests.services.payments.test_service import balance, invoiced
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers
EVERY = "/v1/voucher-batches"
REDEEM = "/v1/vouchers/redemptions"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("vouchers")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


def batch(prefix: str, count: int = 3, **fields: Any) -> dict[str, Any]:
    money = {"amount": "20.00", "currency": "EUR"}
    return {"amount": money, "count": count, "prefix": prefix, "seller": "Kiosk Ltd", **fields}


async def sold(services: Services, prefix: str, count: int = 3, **fields: Any) -> tuple[str, list[str]]:
    """A batch that is activated: its id and its codes."""
    made = await services.payments.post(EVERY, json=batch(prefix, count, **fields))
    assert made.status_code == 201, made.text
    MadeVoucherBatch.model_validate(found := made.json())
    activated = await services.payments.post(f"{EVERY}/{found['id']}/activate")
    assert activated.status_code == 200, activated.text
    return found["id"], [one["code"] for one in found["vouchers"]]


async def redeem(services: Services, account: str, code: str, **headers: str) -> httpx.Response:
    return await services.payments.post(REDEEM, json={"account_id": account, "code": code}, headers=headers)


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["errors"][0]["code"]


async def counts(services: Services, batch_id: str) -> dict[str, int]:
    found = VoucherBatchShape.model_validate((await services.payments.get(f"{EVERY}/{batch_id}")).json())
    said: dict[str, int] = found.model_dump()["counts"]
    return {name: count for name, count in said.items() if count}


async def test_a_voucher_pays_what_is_open_once_and_the_same_request_twice_gives_the_same_answer_r48(
    services: Services,
) -> None:
    await invoiced(services, "vou-1", "10.00")
    batch_id, codes = await sold(services, "PAY")
    key = {"Idempotency-Key": "vou-1"}
    first, again = [await redeem(services, "vou-1", codes[0].lower(), **key) for _ in range(2)]
    assert first.status_code == 201 and first.json() == again.json(), first.text
    VoucherRedemptionShape.model_validate(first.json())
    assert (first.json()["status"], first.json()["serial"]) == ("redeemed", "PAY-00001")
    assert await balance(services, "vou-1") == ("0.00", "8.00", "-8.00")
    assert refused(await redeem(services, "vou-1", codes[0])) == (409, "voucher_redeemed")
    paid = (await services.payments.get("/v1/payments?account_id=vou-1&method=voucher")).json()
    assert [(one["id"], one["allocated"]["amount"]) for one in paid["items"]] == [(first.json()["payment_id"], "12.00")]
    assert await counts(services, batch_id) == {"activated": 2, "redeemed": 1}
    mine = {"account_id": "vou-1", "id": first.json()["id"]}
    page = VoucherRedemptionPage.model_validate((await services.payments.get(REDEEM, params=mine)).json())
    assert (page.total, page.totals[0].amount) == (1, "20.00")


async def test_of_twenty_who_redeem_one_code_at_once_one_wins_and_the_money_is_there_once(services: Services) -> None:
    names = [f"race-{n}" for n in range(20)]
    await services.rating_says(*(opened(name) for name in names))
    batch_id, [code, *_] = await sold(services, "RACE")
    answers = await asyncio.gather(*(redeem(services, name, code) for name in names))
    codes = Counter(answer.status_code for answer in answers)
    assert codes == {201: 1, 409: 19}, [answer.text for answer in answers]
    assert {refused(one)[1] for one in answers if one.status_code == 409} <= {"voucher_claimed", "voucher_redeemed"}
    held = [await balance(services, name) for name in names]
    assert sorted(credit for _, credit, _ in held) == ["0.00"] * 19 + ["20.00"]
    assert await counts(services, batch_id) == {"activated": 2, "redeemed": 1}


async def test_a_closed_account_or_another_currency_leaves_the_voucher_as_it_was(services: Services) -> None:
    dollars = msgspec.structs.replace(opened("vou-usd"), currency="USD")
    closed = AccountClosed(account_id="vou-closed", closed_on=date(2026, 10, 9), version=2)
    partition = partition_of("vou-closed", services.settings.partitions)
    after = next(name for n in range(99) if partition_of(name := f"vou-{n}", services.settings.partitions) == partition)
    await services.rating_says(opened("vou-closed"), closed, opened(after), dollars, opened("vou-open"))
    # What comes after it is there: it was noted.
    await until(lambda: services.payments.get(f"/v1/accounts/{after}/balance"), lambda one: one.status_code == 200)
    _, [code, *_] = await sold(services, "BACK")
    assert refused(await redeem(services, "vou-usd", code)) == (422, "currency_mismatch")
    assert refused(await redeem(services, "vou-closed", code)) == (409, "account_closed")
    assert (await redeem(services, "vou-nobody", code)).status_code == 404
    assert (await redeem(services, "vou-open", code)).status_code == 201
    assert await balance(services, "vou-closed") == ("0.00", "0.00", "0.00")
    listed = (await services.payments.get(f"{REDEEM}?account_id=vou-closed")).json()["items"]
    assert [(one["status"], one["code"]) for one in listed] == [("refused", "account_closed")]


async def test_codes_are_told_once_as_json_or_csv_and_are_kept_nowhere(services: Services) -> None:
    key = {"Idempotency-Key": "told-1"}
    made = await services.payments.post(EVERY, json=batch("TOLD", 700), headers={**key, "Accept": "text/csv"})
    assert made.status_code == 201, made.text
    lines = list(csv.DictReader(io.StringIO(made.text)))
    assert len({line["code"] for line in lines}) == 700 and lines[41]["serial"] == "TOLD-00042"
    again = await services.payments.post(EVERY, json=batch("TOLD", 700), headers=key)
    assert refused(again) == (409, "voucher_codes_shown")
    listed = VoucherPage.model_validate((await services.payments.get("/v1/vouchers?q=told-00042")).json())
    assert [(one.serial, one.status) for one in listed.items] == [("TOLD-00042", "created")]
    compact = lines[41]["code"].replace("-", "")
    for text in (
        (await services.payments.get("/v1/vouchers/TOLD-00042")).text,
        (await services.payments.get("/v1/vouchers?limit=500&q=TOLD-00042")).text,
    ):
        assert compact not in text and lines[41]["code"] not in text
    await services.rating_says(opened("vou-early"))
    early = await redeem(services, "vou-early", compact)
    assert refused(early) == (409, "voucher_not_active")
    other = await services.payments.post(EVERY, json=batch("TOLD"))
    assert refused(other) == (409, "voucher_prefix_used")


async def test_single_vouchers_and_the_rest_of_a_batch_are_void_and_the_sellers_report_adds_up(
    services: Services,
) -> None:
    await services.rating_says(opened("vou-void"))
    batch_id, codes = await sold(services, "VOID", seller="Corner shop")
    assert (await redeem(services, "vou-void", codes[0])).status_code == 201
    both = await asyncio.gather(
        *(services.payments.post("/v1/vouchers/VOID-00002/void", json={"reason": "scratched"}) for _ in range(2))
    )
    assert [answer.status_code for answer in both] == [200, 200]
    assert VoucherShape.model_validate(both[0].json()).status == "void"
    assert refused(await redeem(services, "vou-void", codes[1])) == (409, "voucher_void")
    assert await counts(services, batch_id) == {"activated": 1, "redeemed": 1, "void": 1}
    used = await services.payments.post("/v1/vouchers/VOID-00001/void", json={"reason": "too late"})
    assert refused(used) == (409, "voucher_redeemed")
    ended = await services.payments.post(f"{EVERY}/{batch_id}/void", json={"reason": "van was robbed"})
    assert ended.json()["sums"]["void"]["amount"] == "40.00", ended.text
    assert refused(await redeem(services, "vou-void", codes[2])) == (409, "voucher_void")
    page = VoucherBatchPage.model_validate((await services.payments.get(f"{EVERY}?seller=Corner shop")).json())
    [sums] = page.totals
    assert (sums.amount, sums.redeemed, sums.outstanding) == ("60.00", "20.00", "0.00")


async def test_money_that_expires_is_credit_with_its_last_day(services: Services) -> None:
    await services.rating_says(opened("vou-days"))
    _, [code, *_] = await sold(services, "DAYS", credit_days=30)
    answer = await redeem(services, "vou-days", code)
    assert answer.status_code == 201 and answer.json()["payment_id"] is None, answer.text
    credit = (await services.payments.get("/v1/accounts/vou-days/credits?reason=voucher")).json()["items"]
    assert [(one["id"], one["expires_on"], one["note"]) for one in credit] == [
        (answer.json()["credit_id"], answer.json()["expires_on"], "DAYS-00001")
    ]


async def test_wrong_codes_are_answered_alike_and_after_ten_of_them_none_is_looked_at(services: Services) -> None:
    await services.rating_says(opened("vou-guess"), opened("vou-calm"))
    _, [code, other, *_] = await sold(services, "GUESS")
    wrong = [printed(with_check_sign("23456789ABCDEF" + sign)) for sign in "23456789"] + ["nonsense", "2345"]
    answers = [await redeem(services, "vou-guess", text) for text in wrong]
    assert {(refused(one), one.json()["detail"]) for one in answers} == {
        ((404, "voucher_not_found"), "no voucher has this code")
    }
    locked = await redeem(services, "vou-guess", code)
    assert refused(locked) == (429, "too_many_attempts") and 0 < int(locked.headers["Retry-After"]) <= 3601
    assert (await redeem(services, "vou-calm", other)).status_code == 201


async def test_roles_and_bodies_that_make_no_sense(services: Services) -> None:
    for body, pointer in (
        (batch("x!"), "/prefix"),
        (batch("NONE", 0), "/count"),
        (batch("MANY", 10_001), "/count"),
        (batch("PAST", valid_until="2001-01-01"), "/valid_until"),
    ):
        answer = await services.payments.post(EVERY, json=body)
        assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == pointer, answer.text
    reader = services.token("support")
    for path, body in ((EVERY, batch("ROLE")), (REDEEM, {"account_id": "a", "code": "b"})):
        assert (await services.payments.post(path, json=body, headers=reader)).status_code == 403
        assert (await services.payments.get(path, headers=reader)).status_code == 200
    for path in (f"{EVERY}/none", "/v1/vouchers/NONE-00001"):
        assert (await services.payments.get(path)).status_code == 404


async def test_the_tables_are_what_the_log_says(services: Services) -> None:
    proven = await RebuildJob(services.settings, spec_of("payments", services.settings), processes=0).verify()
    assert proven.equal, proven


async def test_killed_between_claim_and_credit_the_money_is_there_once(servers: Servers, tmp_path: Path) -> None:
    """It ends before anything is written, before the commit, and with the log ahead of Postgres, at each step."""
    points = tmp_path / "points"
    points.mkdir()
    async with fresh_environment(servers, tmp_path) as environment:
        settings = environment.settings.model_copy(update={"failpoints": points})
        async with running(settings, "payments") as services:
            await services.rating_says(opened("killed-1"))
            await until(
                lambda: services.payments.get("/v1/accounts/killed-1/balance"), lambda one: one.status_code == 200
            )
            kills = [(point, n) for point in ("decided", "transaction_complete", "committed") for n in (1, 2)]
            batch_id, codes = await sold(services, "KILL", len(kills))
            for done, ((point, n), code) in enumerate(zip(kills, codes, strict=True), 1):
                (points / f"payments.{point}").write_text(f"{n} kill\n")
                key = {"Idempotency-Key": f"{point}-{n}"}
                await asyncio.gather(redeem(services, "killed-1", code, **key), return_exceptions=True)
                assert not list(points.iterdir()), f"{point} was not passed"
                await services.crash("payments")
                answer = await until(
                    partial(redeem, services, "killed-1", code, **key), lambda one: one.status_code == 201
                )
                assert answer.json()["status"] == "redeemed"
                assert await balance(services, "killed-1") == ("0.00", f"{done * 20}.00", f"-{done * 20}.00")
            assert await counts(services, batch_id) == {"redeemed": len(kills)}
