"""No body of payments may hold the number of a card, on whichever path and in whichever field, and no log has it."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx
import pytest

from services.payments.payment_method.card_numbers import holds_card_number
from shared.http.auth import Tokens
from shared.http.openapi import describe
from shared.http.server import build_app
from shared.http.vault import Vault
from tests.contracts.test_doubled_keys import StillRuntime
from tests.shared.http.stub import KEY

CARDS = [
    *("4111 1111 1111 1111", "4111-1111-1111-1111", "5555555555554444", "2223003122003222", "378282246310005"),
    *("6011111111111117", "3566002020360505", "30569309025904", "6200000000000005"),
]
NONE = [
    *("4111 1111 1111 1112", "DE89370400440532013000", "20261009120003", "+254 712 345 678", "+62 812 3456 78901"),
    *("INV-000042", "2026/000042", "5390075470", "+49 1512 3456789"),
]


@pytest.mark.parametrize("number", CARDS)
@pytest.mark.parametrize("body", ["{}", '{{"a": [{{"b": "x {} y"}}]}}', '{{"{}": 1}}'])
def test_a_card_number_is_found_wherever_it_stands(number: str, body: str) -> None:
    text = body.format(number)
    assert holds_card_number(text) or holds_card_number({"a": [text]})


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_card_is_taken_for_none(text: str) -> None:
    assert not holds_card_number({"note": text, "list": [text, 42, None, True]})


def test_only_a_text_with_the_digits_of_a_card_is_asked_whether_it_is_an_iban() -> None:
    began = time.process_time()
    assert not holds_card_number({f"a{i}": "AT61 1904 3002 3457 3201" for i in range(100_000)})
    assert not holds_card_number([f"a{i}" for i in range(200_000)])
    # Asked of each of them it would take half a minute, in which the process does nothing else.
    assert time.process_time() - began < 6


def test_a_number_is_found_however_deep_it_stands() -> None:
    value: Any = "4111111111111111"
    for depth in range(20_000):
        value = [value] if depth % 2 else {"a": value}
    assert holds_card_number(value)


async def test_every_path_of_payments_refuses_a_body_that_holds_one_and_no_log_has_it(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    runtime: Any = StillRuntime("payments")
    app = build_app(runtime, bus=None, vault=Vault(runtime.settings))
    taking = [
        (method.upper(), path)
        for path, operations in describe(app, "payments", commands=True)["paths"].items()
        for method, operation in operations.items()
        if "application/json" in operation.get("requestBody", {}).get("content", {}) and "/dead-letters" not in path
    ]
    assert len(taking) > 40
    bodies = ['{"note": "card 4111 1111 1111 1111"}', '{"metadata": {"x": [4111111111111111]}}']
    headers = {"Authorization": f"Bearer {Tokens(KEY).issue('tester', 'admin')}", "Content-Type": "application/json"}
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        for method, path in taking:
            for body in bodies:
                where = re.sub(r"{[^}]*}", "x", path)
                answer = await client.request(method, where, content=body, headers=headers)
                said = (method, path, answer.text)
                assert answer.status_code == 422 and answer.json()["errors"][0]["code"] == "card_number", said
                assert "4111" not in answer.text
    written = capsys.readouterr()
    assert "4111" not in written.out + written.err + caplog.text
