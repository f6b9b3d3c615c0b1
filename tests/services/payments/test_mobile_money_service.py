"""Mobile money on real Kafka and Postgres: callbacks that come twice, never or from somebody else, answers that are
lost, and the statement that finds what nobody has told.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from services.payments.gateways.contract import statement_key_of
from services.payments.payment_method.api import PaymentMethodShape
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import WITHIN_S, until
from tests.services.invoicing.story import opened
from tests.services.payments.mpesa_stand_in import MpesaStandIn, mpesa_stand_in
from tests.services.payments.test_service import balance
from tests.services.payments.test_statement_service import PATH, matches, settled
from tests.services.payments.test_stripe_service import ok, over
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers
HEAD = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Other Party Info,A/C No.\n"


@dataclass
class Kiosk:
    services: Services
    mpesa: MpesaStandIn

    async def collect(self, account: str, fate: str, amount: str = "1500", status: int = 201) -> dict[str, Any]:
        """What came of asking a phone whose last digit says what happens; the collection has the account's name."""
        await self.services.rating_says(opened(account, currency="KES"))
        phone = f"+254 712 345 67{fate}"
        method = {"account_id": account, "kind": "mobile_money", "gateway": "mpesa", "phone": phone}
        added = await until(
            lambda: self.services.payments.post("/v1/payment-methods", json=method), lambda one: one.status_code == 201
        )
        shown = PaymentMethodShape.model_validate(added.json())
        assert (shown.label, shown.phone) == (f"•••67{fate}", f"+25471234567{fate}")
        body = {"id": account, "account_id": account, "amount": {"amount": amount, "currency": "KES"}}
        answer: dict[str, Any] = await ok(await self.services.payments.post("/v1/collections", json=body), status)
        return answer if status != 201 else await self.until(account, lambda found: found["outcome"] != "")

    async def until(self, collection: str, holds: Any, *, within_s: float = WITHIN_S) -> dict[str, Any]:
        async def read() -> dict[str, Any]:
            found: dict[str, Any] = await ok(await self.services.payments.get(f"/v1/collections/{collection}"))
            return found

        return await until(read, holds, within_s=within_s)

    async def credit(self, account: str) -> str:
        return (await balance(self.services, account))[1]

    async def statement(self, *lines: str) -> str:
        """A day's statement of the short code, processed; its id."""
        content = ("Short Code:,174379\n" + HEAD + "\n".join(lines)).encode()
        sent = await ok(await self.services.payments.post(PATH, content=content), 201)
        await settled(self.services, sent["id"])
        await ok(await self.services.payments.post(f"{PATH}/{sent['id']}/process"))
        await until(lambda: settled(self.services, sent["id"]), lambda found: found["status"] == "processed")
        return str(sent["id"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def kiosk(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Kiosk]:
    directory: Path = tmp_path_factory.mktemp("mpesa")
    async with (
        mpesa_stand_in() as mpesa,
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as services,
    ):
        given = {"secret": "key:consumer-secret", "webhook_secret": "passkey", "merchant": "174379"}
        where = {"base_url": mpesa.url, "callback_url": str(services.payments.base_url)}
        await ok(await services.payments.put("/v1/gateways/mpesa", json={**given, **where}))
        yield Kiosk(services, mpesa)


async def test_a_callback_once_and_twice_books_once_and_a_no_is_asked_again_another_day(kiosk: Kiosk) -> None:
    await kiosk.collect("mm-1", "1")
    await kiosk.collect("mm-5", "5")
    for account in ("mm-1", "mm-5"):
        assert (await kiosk.until(account, over))["status"] == "succeeded"
        assert await kiosk.credit(account) == "1500.00"
    await kiosk.collect("mm-4", "4")
    no = await kiosk.until("mm-4", lambda found: found["status"] == "waiting")
    assert (no["code"], no["attempts"]) == ("declined_by_customer", 1)
    assert set(kiosk.mpesa.told) == {200} and kiosk.mpesa.sign_ins == 1


async def test_cents_are_not_asked_for_and_a_phone_is_shown_to_those_who_may_see_it(kiosk: Kiosk) -> None:
    refused = await kiosk.collect("mm-cents", "1", amount="36.04", status=422)
    assert refused["errors"][0]["code"] == "too_many_decimals"
    auditor = kiosk.services.token("auditor")
    page = await kiosk.services.payments.get("/v1/payment-methods?account_id=mm-cents", headers=auditor)
    assert "254712" not in page.text


async def test_a_callback_to_an_address_that_was_not_given_or_of_another_sum_moves_nothing(kiosk: Kiosk) -> None:
    pending = await kiosk.collect("mm-6", "6")
    assert (pending["status"], pending["outcome"]) == ("pending", "pending")
    given = kiosk.mpesa.requests[pending["reference"]]["CallBackURL"]
    for forged in (given[:-1] + "x", given.partition("&")[0], given.replace("mm-6", "mm-1")):
        assert await kiosk.mpesa.tell(pending["reference"], address=forged) == 401
    assert await kiosk.mpesa.tell(pending["reference"], amount=1.0) == 200
    odd = await kiosk.until("mm-6", lambda found: found["code"] == "amount_mismatch")
    assert odd["status"] == "pending" and await kiosk.credit("mm-6") == "0.00"
    assert await kiosk.mpesa.tell(pending["reference"]) == 200
    assert (await kiosk.until("mm-6", over))["status"] == "succeeded" and await kiosk.credit("mm-6") == "1500.00"


async def test_an_answer_that_is_lost_is_found_on_the_statement_and_booked_once(kiosk: Kiosk) -> None:
    lost = await kiosk.collect("mm-3", "3")
    assert (lost["status"], lost["outcome"], lost["reference"]) == ("pending", "unknown", "")
    told = await kiosk.collect("mm-31", "1")
    key, other = statement_key_of("mm-3"), statement_key_of("mm-31")
    day = "30-11-2026 12:30:11"
    statement = await kiosk.statement(
        f'R1,{day},Pay Bill,Completed,"1,500.00",,0,254712345673 - ANN,{key.lower()}',
        f'R2,{day},Pay Bill,Completed,"1,500.00",,0,254712345671 - BEN,{other}',
        f'R3,{day},Pay Bill,Completed,"1,500.00",,0,254712345673 - ANN,{key}',
    )
    assert (await kiosk.until("mm-3", over))["status"] == "succeeded" and told["id"] == "mm-31"
    assert [await kiosk.credit(account) for account in ("mm-3", "mm-31")] == ["1500.00", "1500.00"]
    entries = {one["bank_reference"]: one["status"] for one in await matches(kiosk.services, statement)}
    # What was paid once more by hand is no payment of the collection: a person is asked.
    assert entries == {"R1": "ignored", "R2": "ignored", "R3": "open"}
    assert set(kiosk.mpesa.pushed.values()) == {1}


@pytest.mark.slow
async def test_a_callback_that_never_comes_is_asked_for(kiosk: Kiosk) -> None:
    await kiosk.collect("mm-2", "2")
    assert (await kiosk.until("mm-2", over))["status"] == "succeeded"
    assert await kiosk.credit("mm-2") == "1500.00"
