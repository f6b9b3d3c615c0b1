"""Files on real servers: taken once, whatever ends in between, and told of piece by piece."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from services.usage.formats import formats
from tests.kit.waiting import until
from tests.services.usage.test_service import Usage

pytestmark = pytest.mark.servers

HEAD = "id,source,resource,meter,quantity,started_at"


def csv(records: range, *, ids: bool = True, bad: int = 0) -> bytes:
    """Records of one resource that nobody registered, and some that are none."""
    rows = [f"{f'r{n}' if ids else ''},olt-12,mac:{n},data.octets,{n},2026-11-23T01:00:00Z" for n in records]
    return "\n".join([HEAD, *rows, *["oops"] * bad]).encode()


async def taken(usage: Usage, job: dict[str, Any]) -> dict[str, Any]:
    """The job when it has ended."""
    path = f"/v1/jobs/{job['id']}"
    answer = await until(lambda: usage.http.get(path), lambda answer: answer.json()["finished_at"] is not None)
    return dict(answer.json())


async def counted(usage: Usage, job: dict[str, Any]) -> dict[str, Any]:
    path = f"/v1/usage/batches/{job['batch_id']}"
    return dict((await until(lambda: usage.http.get(path), lambda answer: answer.json()["status"] == "done")).json())


async def send(usage: Usage, content: bytes | AsyncIterator[bytes], status: int = 202, **query: str) -> dict[str, Any]:
    params = {"source": "olt-12", "format": "csv", **query}
    answer: httpx.Response = await usage.http.post("/v1/usage/files", content=content, params=params)
    assert answer.status_code == status, answer.text
    return dict(answer.json())


async def test_a_file_is_taken_once_and_tells_of_every_piece(usage: Usage) -> None:
    file = csv(range(2500), bad=2)
    job = await taken(usage, await send(usage, file, name="monday.csv"))
    assert (job["status"], job["done"], job["failed"], job["total"]) == ("done", 2500, 2, 2502)
    assert [(f["id"], f["code"]) for f in job["failures"]] == [("2500", "malformed"), ("2501", "malformed")]
    batch = await counted(usage, job)
    names = ("received", "rejected", "accepted", "quarantined", "duplicates", "conflicts")
    assert {name: batch[name] for name in names} == dict(zip(names, (2502, 2, 0, 2500, 0, 0), strict=True))
    assert job["result_url"] == f"/v1/usage/batches/{job['id']}"

    again = await send(usage, file, 200, name="tuesday.csv")
    assert (again["id"], again["name"], again["status"]) == (job["id"], "monday.csv", "done")
    other = await taken(usage, await send(usage, csv(range(2500, 2503)), name="monday.csv"))
    assert (other["done"], other["id"] == job["id"]) == (3, False)


async def test_a_file_may_come_in_chunks_and_packed(usage: Usage) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for row in csv(range(3000, 3100)).splitlines(keepends=True):
            yield row
            await asyncio.sleep(0)

    assert (await taken(usage, await send(usage, chunks())))["done"] == 100
    params, headers = {"source": "olt-12"}, {"content-encoding": "gzip", "content-type": "text/csv"}
    packed = gzip.compress(csv(range(3100, 3300)))
    answer = await usage.http.post("/v1/usage/files", content=packed, params=params, headers=headers)
    assert (await taken(usage, answer.json()))["done"] == 200


async def test_records_without_an_id_are_called_after_their_place_in_the_file(usage: Usage) -> None:
    job = await taken(usage, await send(usage, csv(range(4000, 4003), ids=False)))
    assert (await counted(usage, job))["quarantined"] == 3
    parked = (await usage.http.get("/v1/usage/quarantine", params={"batch_id": job["id"]})).json()["items"]
    assert {item["id"] for item in parked} == {f"{job['sha256']}#{n}" for n in range(3)}


@pytest.mark.parametrize("name", ["cdr_3gpp", "asterisk", "freeswitch"])
async def test_files_of_every_kind_are_taken(usage: Usage, name: str) -> None:
    example = formats()[name].examples[0]
    job = await taken(usage, await send(usage, example.body, format=name, time_zone="Europe/Paris"))
    assert (job["status"], job["done"], job["failed"]) == ("done", len(example.outcomes), 0)


async def test_a_file_that_is_none_fails_and_says_why(usage: Usage) -> None:
    job = await taken(usage, await send(usage, b"no ipdr", format="ipdr"))
    assert (job["status"], job["done"], job["failures"][0]["code"]) == ("failed", 0, "malformed")
    assert (await send(usage, b"no ipdr", format="ipdr"))["id"] == job["id"]


async def test_what_cannot_be_a_file_is_refused(usage: Usage) -> None:
    refused = [
        ({"source": "s", "format": "pdf"}, b"x", 422),
        ({"source": "s", "format": "csv", "time_zone": "Mars"}, b"x", 422),
        ({"source": "s", "format": "csv"}, b"", 422),
        ({"format": "csv"}, b"x", 422),
        ({"source": "s", "format": "csv", "colour": "red"}, b"x", 400),
    ]
    for params, content, status in refused:
        answer = await usage.http.post("/v1/usage/files", content=content, params=params)
        assert answer.status_code == status, (params, answer.text)
    assert (await usage.http.get("/v1/jobs/usage-file-none")).status_code == 404


async def test_files_are_listed_with_what_became_of_their_records_and_their_refused_lines_are_a_file(
    usage: Usage,
) -> None:
    job = await taken(usage, await send(usage, csv(range(5000, 5003), bad=2), source="bad-1", name="friday.csv"))
    await counted(usage, job)
    await taken(usage, await send(usage, csv(range(5003, 5004)), source="bad-1", name="later.csv"))
    page = (await usage.http.get("/v1/usage/files", params={"source": "bad-1", "status": "done"})).json()
    assert (page["total"], [file["name"] for file in page["items"]]) == (2, ["later.csv", "friday.csv"])
    listed = page["items"][1]
    assert (listed["done"], listed["failed"], "failures" in listed) == (3, 2, False)
    found = (await usage.http.get("/v1/usage/files", params={"q": "FRI"})).json()
    assert [file["id"] for file in found["items"]] == [job["id"]]

    one = (await usage.http.get(f"/v1/usage/files/{job['id']}")).json()
    counts = {"accepted": 0, "quarantined": 3, "duplicates": 0, "conflicts": 0, "all_counted": True}
    assert (one["records"], one["refused_kept"], one["failures"]) == (counts, 2, job["failures"])
    lines = await usage.http.get(f"/v1/usage/files/{job['id']}/refused.csv")
    assert lines.headers["content-type"].startswith("text/csv")
    head, first, *_ = lines.text.splitlines()
    assert (head, first.split(",")[:2]) == ("piece,code,reason", ["4", "malformed"])
    for path in ("/v1/usage/files/none", "/v1/usage/files/usage-file-none/refused.csv"):
        assert (await usage.http.get(path)).status_code == 404
