"""Customers are found by name, though no name is stored where it can be read."""

from __future__ import annotations

from typing import Any

import pytest

from services.rating.account.messages import AccountDetailsChanged
from services.reporting.customer.names import CustomerNames
from shared.http.api import Api
from shared.kernel.sealed import Sealed
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, drafted, profile_opened

pytestmark = pytest.mark.servers

CUSTOMERS = {
    "acc-1": "Élodie Ångström-Müller",
    "acc-2": "Brown & Sons, shop 12",
    "acc-3": "Brown & Sons, shop 7",
    "acc-4": "Old Brown",
    "acc-5": "東京電力 株式会社",
}


async def open_accounts(stage: Stage, customers: dict[str, str]) -> None:
    for account, name in customers.items():
        await stage.tell("rating.events", account_opened(account, name=await stage.vault.seal(account, name)))


def names_of(stage: Stage) -> CustomerNames:
    class Reading:
        """The part of an api that names are read through."""

        db = stage.pool
        vault = stage.vault

    reading: Any = Reading()
    api: Api = reading
    return CustomerNames(api)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("elodie", ["acc-1"]),
        ("ÅNGSTROM müll", ["acc-1"]),
        ("brown", ["acc-2", "acc-3", "acc-4"]),
        ("12 brown", ["acc-2"]),
        ("電力", ["acc-5"]),
        ("smith", []),
        ("  ", []),
    ],
)
async def test_words_of_a_name_find_its_account(stage: Stage, words: str, found: list[str]) -> None:
    await open_accounts(stage, CUSTOMERS)
    assert await names_of(stage).find(words, most=8) == found


async def test_no_more_are_told_than_asked_for(stage: Stage) -> None:
    await open_accounts(stage, CUSTOMERS)
    assert await names_of(stage).find("brown", most=2) == ["acc-2", "acc-3"]


async def test_an_account_opened_later_is_found(stage: Stage) -> None:
    names = names_of(stage)
    await open_accounts(stage, {"acc-1": "Ann"})
    assert await names.find("zoe", most=8) == []
    await open_accounts(stage, {"acc-0": "Zoe"})
    assert await names.find("zoe", most=8) == ["acc-0"]


async def test_a_name_goes_with_its_key(stage: Stage) -> None:
    names = names_of(stage)
    await open_accounts(stage, {"acc-1": "Ann", "acc-2": "Anna"})
    assert await names.find("ann", most=8) == ["acc-1", "acc-2"]
    pool = await stage.vault.connected()
    await pool.execute("delete from account_key where account_id = 'acc-1'")
    assert await names.find("ann", most=8) == ["acc-2"]
    assert names._folded == {"acc-2": "anna"}


async def test_a_name_that_cannot_be_opened_hides_no_other(stage: Stage) -> None:
    await stage.tell("rating.events", account_opened("acc-9", name=Sealed("v1.YWNjLTk.AAAA")))
    await open_accounts(stage, {"acc-1": "Ann"})
    assert await names_of(stage).find("ann", most=8) == ["acc-1"]


async def test_search_and_lists_find_customers_by_name_and_show_names_to_those_who_may_read_them(stage: Stage) -> None:
    await open_accounts(stage, {"acc-1": "Élodie Ångström", "acc-2": "Bo"})
    await stage.tell("invoicing.events", profile_opened("acc-1"), *drafted())
    [found] = (await stage.read("/v1/search", q="angstrom", role="support"))["items"]
    assert (found["kind"], found["id"], found["label"]) == ("account", "acc-1", "Élodie Ångström")
    [customer] = (await stage.read("/v1/customer-configs", q="elodie"))["items"]
    assert customer["account_id"] == "acc-1"
    [invoice] = (await stage.read("/v1/invoices", q="ELODIE"))["items"]
    assert (invoice["account_id"], invoice["account_name"]) == ("acc-1", "Élodie Ångström")
    assert (await stage.read(f"/v1/invoices/{invoice['id']}"))["account_name"] == "Élodie Ångström"

    assert (await stage.read("/v1/search", q="angstrom", role="auditor"))["items"] == []
    assert (await stage.read("/v1/customer-configs", q="elodie", role="auditor"))["items"] == []
    [sealed] = (await stage.read("/v1/search", q="ACC-1", role="auditor"))["items"]
    assert (sealed["label"], sealed["account_name"]) == ("acc-1", "sealed")
    [audited] = (await stage.read("/v1/invoices", q="acc-1", role="auditor"))["items"]
    assert audited["account_name"] == "sealed"


async def test_an_account_is_found_by_the_name_it_has_now(stage: Stage) -> None:
    names = names_of(stage)
    await open_accounts(stage, {"acc-1": "Ann Old", "acc-2": "Bo Old"})
    assert await names.find("old", most=8) == ["acc-1", "acc-2"]
    renamed = AccountDetailsChanged(
        account_id="acc-1", name=await stage.vault.seal("acc-1", "Ann New"), version=2, changed=["name"]
    )
    await stage.tell("rating.events", renamed)
    assert await names.find("old", most=8) == ["acc-2"]
    assert await names.find("new", most=8) == ["acc-1"]
