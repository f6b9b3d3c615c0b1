"""Two people at the same moment, on real servers: whoever comes first, no more goes out than came in.

Each race is run twenty times at once, over accounts of all partitions; who wins is chance, what holds is not.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.payments.test_life_service import euros, get, post
from tests.services.payments.test_service import balance, charged, issued, payment
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers

ROUNDS = 20


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("moment")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


async def accounts(services: Services, race: str) -> list[tuple[str, str]]:
    """Accounts, each with an open invoice of 36.04 and its id."""
    names = [f"{race}-{n}" for n in range(ROUNDS)]
    for name in names:
        await charged(services, name, "30.03")
    invoices = await asyncio.gather(*(issued(services, name) for name in names))
    return list(zip(names, invoices, strict=True))


def code(answer: httpx.Response) -> str:
    return "" if answer.is_success else str(answer.json()["errors"][0]["code"])


async def left(services: Services, payment_id: str) -> tuple[Decimal, Decimal, Decimal]:
    """Refunded, charged back, and what is left of a payment, whose parts come to its amount."""
    found = await get(services, f"/v1/payments/{payment_id}")
    parts = {name: Decimal(found[name]["amount"]) for name in ("allocated", "unallocated", "refunded", "charged_back")}
    assert sum(parts.values()) == Decimal(found["amount"]["amount"]) and min(parts.values()) >= 0, found
    return parts["refunded"], parts["charged_back"], parts["allocated"] + parts["unallocated"]


async def test_two_clerks_who_refund_one_payment_give_it_back_once_R51(services: Services) -> None:
    async def race(name: str) -> None:
        await post(services, "/v1/payments", payment(name, "36.04", id=f"p-{name}"), 201)
        path, body = f"/v1/payments/p-{name}/refunds", {"amount": euros("20.00"), "reason": "left"}
        answers = await asyncio.gather(*(services.payments.post(path, json=body) for _ in range(2)))
        assert sorted(code(answer) for answer in answers) == ["", "over_refund"], [a.text for a in answers]
        assert await left(services, f"p-{name}") == (Decimal("20.00"), Decimal("0.00"), Decimal("16.04"))
        assert await balance(services, name) == ("20.00", "0.00", "20.00")

    await asyncio.gather(*(race(name) for name, _ in await accounts(services, "refunds")))


async def test_a_refund_and_a_chargeback_of_one_payment_leave_what_was_taken_twice_owed_R50_R51(
    services: Services,
) -> None:
    """The bank takes all of it, come what may; a refund before it is owed, one after it is refused."""

    async def race(name: str) -> str:
        await post(services, "/v1/payments", payment(name, "36.04", id=f"p-{name}", method="card"), 201)
        refund: dict[str, Any] = {"amount": euros("10.00"), "reason": "left"}
        taken: dict[str, Any] = {"amount": euros("36.04"), "reason": "fraud", "received_on": "2026-10-09"}
        refunded, charged = await asyncio.gather(
            services.payments.post(f"/v1/payments/p-{name}/refunds", json=refund),
            services.payments.post(f"/v1/payments/p-{name}/chargebacks", json=taken),
        )
        assert charged.status_code == 201, charged.text
        gone = await left(services, f"p-{name}")
        if refunded.is_success:
            assert gone == (Decimal("10.00"), Decimal("26.04"), Decimal(0))
            assert charged.json()["paid_back_before"]["amount"] == "10.00"
            assert await balance(services, name) == ("46.04", "0.00", "46.04")
            return "refund"
        assert code(refunded) == "over_refund" and gone == (Decimal(0), Decimal("36.04"), Decimal(0))
        assert await balance(services, name) == ("36.04", "0.00", "36.04")
        return "chargeback"

    first = await asyncio.gather(*(race(name) for name, _ in await accounts(services, "taken")))
    assert set(first) <= {"refund", "chargeback"} and len(first) == ROUNDS


async def test_what_is_allocated_while_its_invoice_is_made_void_pays_it_or_stays_credit_R49(services: Services) -> None:
    async def race(name: str, invoice_id: str) -> None:
        await post(services, "/v1/payments", payment(name, "36.04", id=f"p-{name}"), 201)
        path = f"/v1/payments/p-{name}/allocations"
        await post(services, path, {"allocations": []})
        part = {"invoice_id": invoice_id, "amount": euros("36.04")}
        void, allocated = await asyncio.gather(
            services.invoicing.post(f"/v1/invoices/{invoice_id}/void", json={"reason": "duplicate"}),
            services.payments.post(path, json={"allocations": [part]}),
        )
        expected = ("0.00", "0.00", "0.00") if allocated.is_success else ("0.00", "36.04", "-36.04")
        assert code(allocated) in ("", "over_open"), allocated.text
        await until(lambda: balance(services, name), lambda found: found == expected)
        assert code(void) == ("invoice_paid" if allocated.is_success else ""), void.text

    await asyncio.gather(*(race(name, invoice_id) for name, invoice_id in await accounts(services, "void")))
