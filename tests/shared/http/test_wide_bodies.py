"""A body of fields that nobody knows is refused for their number, before each of them is a refusal of its own."""

from __future__ import annotations

import json
import time

import httpx
import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from shared.kernel.bodies import REFUSALS_MAX, refusals
from shared.kernel.errors import Rejection
from shared.kernel.json_keys import FIELDS_MAX, check_keys
from tests.shared.http.test_problems import client

__all__ = ["client"]


def wide(fields: int) -> bytes:
    return json.dumps({f"f{i}": 1 for i in range(fields)}).encode()


async def test_an_object_of_too_many_fields_is_one_refusal(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/payments", content=wide(200_000), headers={"content-type": "application/json"})
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["code"] == "out_of_bounds"
    assert "200000" in error["detail"]


async def test_no_more_fields_are_named_than_an_answer_has_room_for(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/payments", content=wide(FIELDS_MAX), headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == REFUSALS_MAX


def test_an_object_within_another_is_counted_for_itself() -> None:
    check_keys(b'{"a":' + wide(FIELDS_MAX) + b',"b":' + wide(FIELDS_MAX) + b"}")
    with pytest.raises(Rejection, match="out_of_bounds"):
        check_keys(b'{"a":[' + wide(FIELDS_MAX + 1) + b"]}")


def test_whoever_reads_a_body_himself_names_no_more_fields_either() -> None:
    class Body(BaseModel):
        model_config = ConfigDict(extra="forbid")

    with pytest.raises(ValidationError) as error:
        Body.model_validate(json.loads(wide(FIELDS_MAX)))
    assert len(refusals(error.value)) == REFUSALS_MAX


def test_who_asks_for_doubled_keys_of_a_wide_body_has_an_answer_at_once() -> None:
    began = time.process_time()
    with pytest.raises(Rejection):
        check_keys(wide(500_000))
    assert time.process_time() - began < 5
