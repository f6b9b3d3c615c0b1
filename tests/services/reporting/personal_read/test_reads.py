"""Who opens personal data is written down before it is shown, and stands in the audit trail."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import pytest

from services.reporting.personal_read.taking_over import take_over
from shared.http.personal_reads import ACCOUNTS_MAX, Reading
from shared.http.vault import Vault
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened

pytestmark = pytest.mark.servers


@pytest.fixture
async def told(stage: Stage) -> Stage:
    await (await stage.vault.connected()).execute("delete from personal_read")
    for n in (1, 2, 3):
        name = await stage.vault.seal(f"acc-{n}", f"Ann {n}")
        await stage.tell("rating.events", account_opened(f"acc-{n}", name=name))
    return stage


async def reads(stage: Stage, **parameters: Any) -> list[dict[str, Any]]:
    await take_over(stage.pool, stage.vault)
    return list((await stage.read("/v1/personal-data-reads", role="auditor", **parameters))["items"])


async def test_one_account_and_a_list_are_a_read_each_with_who_and_where(told: Stage) -> None:
    await told.read("/v1/customer-configs/acc-2", role="support")
    await told.read("/v1/customer-configs", role="support")
    seen = await reads(told)
    assert [(r["route"], r["accounts"], r["accounts_total"], r["actor"], r["role"]) for r in reversed(seen)] == [
        ("/v1/customer-configs/{account_id}", ["acc-2"], 1, "key:test", "support"),
        ("/v1/customer-configs", ["acc-1", "acc-2", "acc-3"], 3, "key:test", "support"),
    ]
    assert len(await reads(told, account_id="acc-2")) == 2
    assert len(await reads(told, account_id="acc-1")) == 1
    trail = await told.read("/v1/events", topic="personal-data")
    assert {item["type"] for item in trail["items"]} == {"access.PersonalDataRead.v1"}
    one = await told.read(f"/v1/events/{seen[1]['id']}")
    assert (one["account_id"], one["data"]["method"]) == ("acc-2", "GET")


async def test_who_sees_sealed_names_has_read_nothing(told: Stage) -> None:
    await told.read("/v1/customer-configs/acc-2", role="auditor")
    await told.get("/v1/customer-configs/nobody", role="support")
    assert await reads(told) == []


async def test_a_page_that_asks_anew_is_one_read_and_another_account_another(told: Stage) -> None:
    for _ in range(5):
        await told.read("/v1/customer-configs/acc-1", role="support")
    await told.read("/v1/customer-configs/acc-3", role="support")
    assert sorted(r["accounts"][0] for r in await reads(told)) == ["acc-1", "acc-3"]


async def test_a_search_notes_whom_it_shows_and_not_all_whose_names_it_compared(told: Stage) -> None:
    found = await told.read("/v1/search", role="support", q="ann 2")
    assert found["items"]
    assert {account for r in await reads(told) for account in r["accounts"]} == {"acc-2"}


async def test_without_the_vaults_word_nothing_is_shown(told: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await told.read("/v1/customer-configs/acc-1", role="support")

    async def away(_: Vault) -> Any:
        raise asyncpg.ConnectionDoesNotExistError("the vault is away")

    monkeypatch.setattr(Vault, "connected", away)
    answer = await told.get("/v1/customer-configs/acc-1", role="billing")
    assert answer.status_code in (200, 503)
    answer = await told.get("/v1/customer-configs", role="billing")
    assert (answer.status_code, "Ann" in answer.text) == (503, False)


async def test_reads_at_one_moment_are_all_there_and_taken_over_once(told: Stage) -> None:
    paths = [f"/v1/customer-configs/acc-{n}" for n in (1, 2, 3)]
    async with told.client("support", actor="user:u1") as one, told.client("support", actor="user:u2") as other:
        await asyncio.gather(*[client.get(path) for path in paths for client in (one, other)])
    await asyncio.gather(*[take_over(told.pool, told.vault) for _ in range(4)])
    seen = await reads(told)
    assert sorted((r["actor"], r["accounts"][0]) for r in seen) == [
        (actor, f"acc-{n}") for actor in ("user:u1", "user:u2") for n in (1, 2, 3)
    ]
    assert {r["id"] for r in seen} == {f"personal-data/0/{n}" for n in range(1, 7)}


async def test_what_was_read_is_not_altered(told: Stage) -> None:
    await told.read("/v1/customer-configs/acc-1", role="support")
    await reads(told)
    with pytest.raises(asyncpg.RaiseError, match="is not changed"):
        await told.pool.execute("update durable.personal_read set actor = 'nobody'")


def test_of_very_many_accounts_the_first_are_named_and_all_are_counted() -> None:
    reading = Reading()
    for n in range(ACCOUNTS_MAX + 10):
        reading.note(f"acc-{n}")
        reading.note(f"acc-{n}")
    named, total = reading.take()
    assert (len(named), total, reading.has_new) == (ACCOUNTS_MAX, ACCOUNTS_MAX + 10, False)
