"""`Position`: read what is written, malformed, and waited for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from services.payments.service import SERVICE as PAYMENTS
from services.rating.app import SERVICE as RATING
from services.reporting.app import SERVICE as REPORTING
from shared.http.positions import (
    NotApplied,
    Position,
    check_services,
    format_positions,
    parse_positions,
    wait_until_applied,
)
from shared.kernel.errors import Rejection
from tests.kit.driven_worker import PARTITION, DrivenWorker, driven
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import UPSTREAM, CoinFound, PutCoins, toy_service


def test_what_is_written_is_read_again_and_of_several_in_one_log_the_last_counts() -> None:
    points = [Position("rating", 3, 7), Position("payments", 0, 1), Position("rating", 3, 9), Position("rating", 3, 8)]
    assert format_positions(points) == "rating/3@9, payments/0@1"
    assert parse_positions("rating/3@9,payments/0@1") == parse_positions(" rating/3@9 , payments/0@1 ")


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("yesterday",                        "'yesterday'"),
        ("rating/3@9, rating/x@2",           "'rating/x@2'"),
        ("rating/3@9,",                      "''"),
        ("",                                 "''"),
        ("rating/3@-1",                      "'rating/3@-1'"),
        ("rating/3@\u0667",                  "rating/3@"),
        (",".join(["rating/3@9"] * 65),      "65 positions"),
    ],
)  # fmt: skip
def test_a_malformed_position_is_named(header: str, named: str) -> None:
    with pytest.raises(Rejection) as refused:
        parse_positions(header)
    assert (refused.value.status, refused.value.code, refused.value.pointer) == (400, "invalid_position", "/Position")
    assert named in refused.value.detail


def test_a_position_of_no_service_is_refused_where_they_are_all_known() -> None:
    with pytest.raises(Rejection, match="'biling' is no service; they are rating, billing"):
        check_services(parse_positions("rating/3@9, biling/3@9"), ("rating", "billing"))
    check_services(parse_positions("rating/3@9"), ("rating", "billing"))


def test_a_service_follows_its_own_log_and_those_it_reacts_to() -> None:
    assert REPORTING.follows == {"usage", "rating", "invoicing", "payments"}
    assert PAYMENTS.follows >= {"payments", "rating", "invoicing"}
    assert "payments" not in RATING.follows


@pytest_asyncio.fixture(loop_scope="session")
async def shop(fresh_env: FreshEnvironment) -> AsyncIterator[DrivenWorker]:
    async with driven(toy_service(), fresh_env.settings) as made:
        yield made


async def reached(shop: DrivenWorker, positions: Sequence[Position], *, wait_s: float = 0.1) -> bool:
    try:
        await wait_until_applied(shop.pool, positions, listens=shop.service.follows, partitions=4, wait_s=wait_s)
    except NotApplied:
        return False
    return True


@pytest.mark.servers
async def test_a_log_of_which_nothing_was_read_yet_is_waited_for(shop: DrivenWorker) -> None:
    """The first event there ever was is like any other."""
    first = Position("invoicing", PARTITION, 1)
    assert not await reached(shop, [first])
    owner = await shop.owner()
    assert not await reached(shop, [first])
    waiting = asyncio.create_task(reached(shop, [first], wait_s=10))
    await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="jar", coins=1))
    await shop.work(owner)
    assert await waiting


@pytest.mark.servers
async def test_all_of_several_are_waited_for_but_not_what_is_not_followed(shop: DrivenWorker) -> None:
    owner = await shop.owner()
    await shop.put("invoicing.events", UPSTREAM, CoinFound(account_id="jar", coins=1))
    await shop.command(PutCoins(account_id="jar", coins=2), "c1")
    await shop.work(owner)
    both = [Position("invoicing", PARTITION, 1), Position("payments", PARTITION, 2)]
    assert await reached(shop, both)
    assert await reached(shop, [*both, Position("usage", PARTITION, 99)])
    for beyond in (Position("invoicing", PARTITION, 2), Position("payments", PARTITION, 3)):
        assert not await reached(shop, [*both, beyond])


@pytest.mark.servers
async def test_a_partition_that_does_not_exist_is_named(shop: DrivenWorker) -> None:
    with pytest.raises(Rejection, match=r"invoicing/4@1 .* 0 to 3"):
        await reached(shop, [Position("invoicing", 4, 1)])
