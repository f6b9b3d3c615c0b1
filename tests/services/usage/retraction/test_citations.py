"""A citation names a partition that there is: what would ask any other is refused at its field, and nothing is done."""

from __future__ import annotations

import httpx
import pytest

from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers

NOWHERE = "usage/4/1#0"


async def test_a_citation_of_a_partition_that_does_not_exist_is_refused_at_its_field(usage: Usage) -> None:
    both = {"records": ["usage/0/1#0", NOWHERE], "reason": "other"}
    assert _refused(await usage.http.post("/v1/usage/retractions", json=both)) == "/records/1"
    correction = {"record": NOWHERE, "reason": "other", "quantity": "1"}
    assert _refused(await usage.http.post("/v1/usage/corrections", json=correction)) == "/record"
    assert (await usage.http.get("/v1/usage/retractions")).json()["total"] == 0


def _refused(answer: httpx.Response) -> str:
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["code"]) == (422, "invalid"), answer.text
    assert "0 to 3" in error["detail"]
    return str(error["pointer"])
