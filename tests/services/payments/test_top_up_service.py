"""Top-ups over HTTP on real Kafka and Postgres, rating played by the test: charged once, by hand and by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from meterlog.installation import spec_of
from services.payments.automatic_top_up.api import AutomaticTopUpShape
from services.payments.settings.api import SettingsShape
from services.payments.top_up.api import WalletTopUpPage, WalletTopUpShape
from services.rating.unbilled_watch.messages import UnbilledTold
from shared.engine.rebuild.job import RebuildJob
from shared.kernel.period import Period
from tests.kit.servers import Servers, fresh_environment
from tests.kit.waiting import until
from tests.services.invoicing.story import opened
from tests.services.payments.test_service import balance, payment
from tests.services.processes import Services, running

pytestmark = pytest.mark.servers
PERIOD = Period(date(2026, 10, 1), date(2026, 11, 1))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def services(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    directory: Path = tmp_path_factory.mktemp("top-ups")
    async with (
        fresh_environment(servers, directory) as environment,
        running(environment.settings, "invoicing", "payments") as started,
    ):
        yield started


def eur(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "EUR"}


async def with_card(services: Services, account: str, token: str) -> None:
    """An account with a card."""
    await services.rating_says(opened(account))
    body = {"account_id": account, "kind": "card", "gateway": "test", "token": token, "label": "Visa"}
    added = await until(
        lambda: services.payments.post("/v1/payment-methods", json=body), lambda answer: answer.status_code != 422
    )
    assert added.status_code == 201, added.text


async def with_wallet(services: Services, account: str, token: str, **rule: Any) -> None:
    """A prepaid account with 10.00, a card and a rule: 20.00 at 5.00."""
    await with_card(services, account, token)
    mode = await services.payments.put(f"/v1/accounts/{account}/payment-mode", json={"mode": "prepaid"})
    assert mode.status_code == 200, mode.text
    paid = await services.payments.post("/v1/payments", json=payment(account, "10.00"))
    assert paid.status_code == 201, paid.text
    body = {
        **{"enabled": True, "threshold": eur("5.00"), "amount": eur("20.00")},
        **{"monthly_count": 3, "monthly_amount": eur("60.00"), **rule},
    }
    # The wallet is low until the first word of rating: a rule that is off waits for it.
    await uses(services, account, "0.00")
    await until(lambda: services.payments.get(f"/v1/accounts/{account}/exposure"), is_known)
    answer = await services.payments.put(f"/v1/accounts/{account}/automatic-top-up", json=body)
    assert answer.status_code == 200, answer.text
    AutomaticTopUpShape.model_validate(answer.json())
    assert answer.json()["state"] == "ready"


def is_known(answer: Any) -> bool:
    return answer.status_code == 200 and answer.json()["available"] is not None


async def uses(services: Services, account: str, net: str) -> None:
    """So much is unbilled from now on."""
    told = UnbilledTold(account_id=account, period=PERIOD, net=Decimal(net), gross=Decimal(0), currency="EUR")
    await services.rating_says(told)


async def top_ups(services: Services, account: str) -> list[dict[str, Any]]:
    answer = await services.payments.get(f"/v1/accounts/{account}/top-ups?sort=asked_at")
    WalletTopUpPage.model_validate(found := answer.json())
    items: list[dict[str, Any]] = found["items"]
    return items


async def rule_is(services: Services, account: str, state: str) -> dict[str, Any]:
    answer = await until(
        lambda: services.payments.get(f"/v1/accounts/{account}/automatic-top-up"),
        lambda answer: answer.json()["state"] == state,
    )
    found: dict[str, Any] = answer.json()
    assert found["state"] == state, found
    return found


async def test_a_top_up_is_charged_once_and_one_that_fails_leaves_nothing(services: Services) -> None:
    await with_card(services, "top-ok", "ok")
    path, key = "/v1/accounts/top-ok/top-ups", {"Idempotency-Key": "top-1"}
    two = [await services.payments.post(path, json={"amount": eur("20.00")}, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in two] == [201, 201], two[0].text
    WalletTopUpShape.model_validate(two[0].json())
    assert (two[0].json()["status"], two[0].json()["id"]) == ("succeeded", two[1].json()["id"])
    assert await balance(services, "top-ok") == ("0.00", "20.00", "-20.00")
    for token, code in (("declined_stolen_card", "stolen_card"), ("soft_insufficient_funds", "insufficient_funds")):
        account = f"top-{code.replace('_', '-')}"
        await with_card(services, account, token)
        failed = await services.payments.post(f"/v1/accounts/{account}/top-ups", json={"amount": eur("20.00")})
        assert (failed.status_code, failed.json()["status"], failed.json()["code"]) == (201, "failed", code)
        assert await balance(services, account) == ("0.00", "0.00", "0.00")
    assert (await services.payments.get("/v1/accounts/nobody/top-ups")).status_code == 404
    support = services.token("support")
    assert (await services.payments.post(path, json={"amount": eur("1.00")}, headers=support)).status_code == 403


async def test_a_top_up_is_within_the_operators_limits(services: Services) -> None:
    await with_card(services, "top-limit", "ok")
    body = {"top_ups": {"EUR": {"minimum": "5.00", "maximum": "100.00"}}}
    changed = await services.payments.put("/v1/payment-settings", json=body)
    assert changed.status_code == 200, changed.text
    assert SettingsShape.model_validate(changed.json()).top_ups["EUR"].maximum == "100"
    try:
        for amount, code in (("4.99", "below_minimum"), ("100.01", "above_maximum")):
            answer = await services.payments.post("/v1/accounts/top-limit/top-ups", json={"amount": eur(amount)})
            assert answer.json()["errors"] == [
                {**answer.json()["errors"][0], "pointer": "/amount/amount", "code": code}
            ], answer.text
        wrong = {"top_ups": {"EUR": {"minimum": "5.00", "maximum": "4.00"}}}
        assert (await services.payments.put("/v1/payment-settings", json=wrong)).status_code == 422
    finally:
        assert (await services.payments.put("/v1/payment-settings", json={})).status_code == 200


async def test_a_wallet_that_becomes_low_is_topped_up_once_each_time(services: Services) -> None:
    await with_wallet(services, "auto-ok", "ok")
    await uses(services, "auto-ok", "4.99")
    await uses(services, "auto-ok", "5.00")
    await uses(services, "auto-ok", "6.00")
    await until(lambda: balance(services, "auto-ok"), lambda found: found == ("0.00", "30.00", "-30.00"))
    await rule_is(services, "auto-ok", "ready")
    assert [(one["status"], one["automatic"]) for one in await top_ups(services, "auto-ok")] == [("succeeded", True)]
    await uses(services, "auto-ok", "26.00")
    await until(lambda: balance(services, "auto-ok"), lambda found: found == ("0.00", "50.00", "-50.00"))
    assert len(await top_ups(services, "auto-ok")) == 2


async def test_a_declined_card_switches_the_rule_off_or_is_tried_another_day(services: Services) -> None:
    await with_wallet(services, "auto-no", "declined_stolen_card")
    await uses(services, "auto-no", "6.00")
    off = await rule_is(services, "auto-no", "off")
    assert (off["enabled"], off["off_reason"]) == (False, "stolen_card")
    await with_wallet(services, "auto-soft", "soft_insufficient_funds")
    await uses(services, "auto-soft", "6.00")
    assert (await rule_is(services, "auto-soft", "postponed"))["retry_at"] is not None
    assert await balance(services, "auto-soft") == ("0.00", "10.00", "-10.00")


async def test_the_tables_are_what_the_log_says(services: Services) -> None:
    proven = await RebuildJob(services.settings, spec_of("payments", services.settings), processes=0).verify()
    assert proven.equal, proven


async def test_killed_at_any_step_a_wallet_is_topped_up_once(servers: Servers, tmp_path: Path) -> None:
    """It ends before anything is written, before the commit, and with the log ahead of Postgres: in the transaction in
    which it becomes low (1) and in that in which the charge is answered (3). In between (2) the gateway is asked."""
    points = tmp_path / "points"
    points.mkdir()
    async with fresh_environment(servers, tmp_path) as environment:
        settings = environment.settings.model_copy(update={"failpoints": points})
        async with running(settings, "invoicing", "payments") as services:
            await with_wallet(services, "auto-kill", "ok", monthly_count=10, monthly_amount=eur("200.00"))
            kills = [(point, n) for point in ("decided", "transaction_complete", "committed") for n in (1, 3)]
            for done, (point, n) in enumerate(kills, 1):
                (points / f"payments.{point}").write_text(f"{n} kill\n")
                await uses(services, "auto-kill", f"{done * 20 - 14}.00")
                await until(lambda: asyncio.sleep(0, not list(points.iterdir())), lambda passed: passed)
                assert not list(points.iterdir()), f"{point} was not passed"
                await services.crash("payments")
                wanted = ("0.00", f"{10 + done * 20}.00", f"-{10 + done * 20}.00")
                assert await until(lambda: balance(services, "auto-kill"), lambda found: found == wanted) == wanted  # noqa: B023
                await rule_is(services, "auto-kill", "ready")
                assert [one["status"] for one in await top_ups(services, "auto-kill")] == ["succeeded"] * done
