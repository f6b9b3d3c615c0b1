"""Compressed bodies: unpacked within the limit of any body, at the first process that they reach."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import cramjam
import pytest
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.request_middleware import BODY_BYTES_MAX
from tests.shared.http.stub import StubRuntime, as_role, client_of

Pack = Callable[[bytes], bytes]


def zstd(data: bytes) -> bytes:
    return bytes(cramjam.zstd.compress(data))


class Thing(BaseModel):
    name: str


def router(api: Api) -> APIRouter:
    routes = APIRouter()

    @routes.post("/v1/things", dependencies=[api.roles(*WRITERS)])
    async def make(body: Thing) -> Response:
        return Answer({"name": body.name})

    @routes.post("/v1/raw", dependencies=[api.roles(*WRITERS)])
    async def raw(request: Request) -> Response:
        return Answer({"bytes": len(await request.body()), "encoding": request.headers.get("content-encoding")})

    return routes


async def post(path: str, content: bytes, encoding: str) -> tuple[int, dict[str, object], str | None]:
    headers = {"Content-Encoding": encoding, "Content-Type": "application/json"} | as_role("admin")
    async with client_of(StubRuntime(router)) as client:
        answer = await client.post(path, content=content, headers=headers)
    return answer.status_code, answer.json(), answer.headers.get("accept-encoding")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("x-gzip", gzip.compress),
        ("gzip", lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:])),
        ("zstd", zstd),
        ("identity", bytes),
        ("", bytes),
    ],
)
async def test_a_packed_body_is_read_as_if_it_had_come_plain(encoding: str, pack: Pack) -> None:
    assert await post("/v1/things", pack(b'{"name": "x"}'), encoding) == (200, {"name": "x"}, None)
    if encoding not in ("", "identity"):
        assert await post("/v1/raw", pack(bytes(70_000)), encoding) == (200, {"bytes": 70_000, "encoding": None}, None)
        assert await post("/v1/raw", b"", encoding) == (200, {"bytes": 0, "encoding": None}, None)


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, zstd", "gzip,gzip", "nonsense"])
async def test_another_encoding_is_refused_with_what_is_taken(encoding: str) -> None:
    status, problem, accepted = await post("/v1/things", b'{"name": "x"}', encoding)
    assert (status, accepted) == (415, "gzip, zstd, identity")
    assert problem["errors"][0]["code"] == "unsupported_encoding"  # type: ignore[index]


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
@pytest.mark.parametrize("path", ["/v1/things", "/v1/raw"])
@pytest.mark.parametrize(
    "content",
    [
        b'{"name": "x"}',
        gzip.compress(b'{"name": "x"}', mtime=0)[:-3],
        gzip.compress(b'{"name": "x"}', mtime=0) + b"more",
        zstd(b'{"name": "x"}')[:-3],
        zstd(b'{"name": "x"}') + b"more",
        zlib.compress(b'{"name": "x"}'),
    ],
    ids=["plain", "gzip cut off", "gzip and more", "zstd cut off", "zstd and more", "zlib"],
)
async def test_a_body_that_is_not_what_its_header_says_is_told_so(encoding: str, path: str, content: bytes) -> None:
    status, problem, _ = await post(path, content, encoding)
    assert status == 400
    assert f"Content-Encoding says {encoding}" in str(problem["detail"])


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("zstd", zstd)])
@pytest.mark.parametrize("path", ["/v1/things", "/v1/raw"])
async def test_a_bomb_is_too_large_and_the_largest_body_is_not(encoding: str, pack: Pack, path: str) -> None:
    assert (await post(path, pack(bytes(BODY_BYTES_MAX + 1)), encoding))[0] == 413
    assert (await post("/v1/raw", pack(bytes(BODY_BYTES_MAX)), encoding))[0] == 200
