"""The console's files as a browser gets them: in the smallest form it takes, typed, kept as long as is right."""

from __future__ import annotations

import gzip
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.meterlog.entry.stubs import StubEntry, running_entry

SCRIPT = b"export const answer = 42;\n" * 200
# What stands in the compressed files need not be brotli for the server to send it as such.
BROTLI = b"as brotli, shorter"
PAGE = b"<!doctype html><title>Meterlog</title>"


@pytest.fixture
async def entry(tmp_path: Path) -> AsyncIterator[StubEntry]:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    script = tmp_path / "assets" / "index-abc.js"
    script.write_bytes(SCRIPT)
    script.with_name("index-abc.js.br").write_bytes(BROTLI)
    script.with_name("index-abc.js.gz").write_bytes(gzip.compress(SCRIPT))
    async with running_entry(tmp_path) as entry:
        yield entry


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0, *", "gzip"),
        ("x-brotli, x-gzip", None),
        ("identity", None),
        ("", None),
    ],
)
async def test_a_script_goes_out_in_the_smallest_form_that_the_browser_takes(
    entry: StubEntry, accepted: str, encoding: str | None
) -> None:
    for method in ("GET", "HEAD"):
        request = entry.client.build_request(method, "/assets/index-abc.js", headers={"Accept-Encoding": accepted})
        answer = await entry.client.send(request, stream=True)
        body = b"".join([chunk async for chunk in answer.aiter_raw()])
        sent = {"br": BROTLI, "gzip": gzip.compress(SCRIPT), None: SCRIPT}[encoding]
        assert answer.headers.get("content-encoding") == encoding
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert int(answer.headers["content-length"]) == len(sent)
        if method == "HEAD":
            assert body == b""
        elif encoding == "gzip":
            assert gzip.decompress(body) == SCRIPT
        else:
            assert body == sent


async def test_each_form_has_an_etag_of_its_own_and_is_not_sent_twice(entry: StubEntry) -> None:
    tags = {}
    for encoding in ("br", "gzip", "identity"):
        headers = {"Accept-Encoding": encoding}
        tags[encoding] = (await entry.client.head("/assets/index-abc.js", headers=headers)).headers["etag"]
        again = await entry.client.get("/assets/index-abc.js", headers=headers | {"If-None-Match": tags[encoding]})
        assert (again.status_code, again.content, again.headers["vary"]) == (304, b"", "Accept-Encoding")
    assert len(set(tags.values())) == 3
    other = {"Accept-Encoding": "identity", "If-None-Match": tags["br"]}
    assert (await entry.client.get("/assets/index-abc.js", headers=other)).status_code == 200


async def test_a_range_is_of_the_form_that_is_sent(entry: StubEntry) -> None:
    headers = {"Accept-Encoding": "br", "Range": "bytes=3-8"}
    request = entry.client.build_request("GET", "/assets/index-abc.js", headers=headers)
    answer = await entry.client.send(request, stream=True)
    body = b"".join([chunk async for chunk in answer.aiter_raw()])
    assert (answer.status_code, body) == (206, BROTLI[3:9])
    assert answer.headers["content-range"] == f"bytes 3-8/{len(BROTLI)}"
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_a_page_of_the_console_is_index_html_and_is_asked_for_again(entry: StubEntry) -> None:
    for path in ("/", "/invoices", "/invoices/in-1"):
        answer = await entry.client.get(path, headers={"Accept": "text/html"})
        assert (answer.status_code, answer.content) == (200, PAGE)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["cache-control"] == "no-cache"
    assert (await entry.client.get("/assets/gone.js")).status_code == 404


async def test_a_rebuilt_page_has_another_etag_even_with_the_old_time_and_length(
    entry: StubEntry, tmp_path: Path
) -> None:
    index = tmp_path / "index.html"
    before = (await entry.client.get("/")).headers["etag"]
    async with running_entry(tmp_path / "image") as other:
        (tmp_path / "image").mkdir()
        (tmp_path / "image" / "index.html").write_bytes(PAGE.replace(b"Meterlog", b"Gretel!!"))
        stat = index.stat()
        os.utime(tmp_path / "image" / "index.html", ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert (await other.client.get("/")).headers["etag"] != before
