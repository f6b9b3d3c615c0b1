"""The audit trail as a file that proves itself: what is in it, and what `meterlog verify-export` finds."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from meterlog.cli.main import app
from services.reporting.job.rows import QUEUE
from services.reporting.job.runner import Runner
from services.reporting.job.zipped import part, read_part, zipped
from services.reporting.trail_export import work
from shared.http.signing import SigningKey
from shared.kernel.manifest import MANIFEST, SIGNATURE, Manifest, as_text
from tests.services.reporting.audit.test_events import publish
from tests.services.reporting.stage import Stage
from tests.services.reporting.story import account_opened, allocated, paid, profile_opened, receivable

SPAN = {"from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"}


async def test_parts_of_one_file_follow_each_other_in_the_zip() -> None:
    async def parts() -> AsyncIterator[tuple[str, bytes]]:
        for piece in (part("a", b"1\n"), part("a", b"2\n"), part("b", b"")):
            yield read_part(piece)

    content = b"".join([chunk async for chunk in zipped(parts())])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {"a": b"1\n2\n", "b": b""}


async def exported(stage: Stage, **body: Any) -> bytes:
    async with stage.client("auditor") as client:
        answer = await client.post("/v1/audit-exports", json={**SPAN, **body})
        assert answer.status_code == 201, answer.text
        job = await QUEUE.take(stage.pool)
        assert job is not None
        await Runner({work.KIND: work.run}).attempt(job, stage)
        done = (await client.get(f"/v1/jobs/{job.job_id}")).json()
        assert done["status"] == "done", done
        file = await client.get(done["result_url"])
    assert file.status_code == 200, file.text
    return file.content


def verified(tmp_path: Path, content: bytes, *arguments: str) -> tuple[int, str]:
    file = tmp_path / "audit.zip"
    file.write_bytes(content)
    result = CliRunner().invoke(app, ["verify-export", str(file), *arguments])
    return result.exit_code, result.output


def rewritten(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.servers
async def test_an_export_holds_and_whatever_is_changed_in_it_is_found(stage: Stage, tmp_path: Path) -> None:
    name = await stage.vault.seal("acc-1", "Ann Example")
    await stage.tell("rating.events", account_opened(name=name), account_opened("acc-2"), actor="user:u1")
    await stage.tell("invoicing.events", profile_opened())
    await stage.tell("payments.events", receivable(), paid(), allocated())
    await publish(stage)
    content = await exported(stage)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        lines = [json.loads(line) for line in archive.read(manifest["files"][-1]["name"]).splitlines()]
        assert b"Ann Example" not in b"".join(archive.read(one) for one in archive.namelist())
    assert [(f["topic"], f["partition"], f["first_seq"], f["last_seq"], f["count"]) for f in manifest["files"]] == [
        ("invoicing.events", 1, 1, 1, 1),
        ("payments.events", 1, 1, 3, 3),
        ("rating.events", 1, 1, 2, 2),
    ]
    assert (lines[0]["id"], lines[0]["data"]["name"]) == ("rating/1/1", "sealed")
    assert (manifest["events"], manifest["asked"]["start"]) == (6, "2026-10-01T00:00:00Z")

    public = SigningKey(stage.settings).public
    assert verified(tmp_path, content)[0] == 0
    assert verified(tmp_path, content, "--public-key", public)[0] == 0
    assert verified(tmp_path, content, "--public-key", "00" * 32)[0] == 1
    code, out = verified(tmp_path, content, "--json")
    assert (code, json.loads(out.splitlines()[-1])["holds"]) == (0, True)

    first = manifest["files"][0]["name"]

    def less(files: dict[str, bytes]) -> None:
        del files[first]

    def more(files: dict[str, bytes]) -> None:
        files["events/more.ndjson"] = b"{}\n"

    def other_amount(files: dict[str, bytes]) -> None:
        files[manifest["files"][1]["name"]] = files[manifest["files"][1]["name"]].replace(b"10.00", b"90.00")

    def forged(files: dict[str, bytes]) -> None:
        files[MANIFEST] = files[MANIFEST].replace(b'"events": 6', b'"events": 7')

    def unsigned(files: dict[str, bytes]) -> None:
        files[SIGNATURE] = b"00" * 64

    def nameless(files: dict[str, bytes]) -> None:
        del files[MANIFEST]

    for change in (less, more, other_amount, forged, unsigned):
        assert verified(tmp_path, rewritten(content, change))[0] == 1, change.__name__
    assert verified(tmp_path, b"no zip")[0] == 2
    assert verified(tmp_path, rewritten(content, nameless))[0] == 2


@pytest.mark.servers
async def test_an_export_of_one_account_has_its_events_and_one_of_nothing_is_empty(
    stage: Stage, tmp_path: Path
) -> None:
    await stage.tell("rating.events", account_opened(), account_opened("acc-2"))
    await publish(stage)
    for body, count in (({"account_id": "acc-2"}, 1), ({"topic": "payments.events"}, 0)):
        code, out = verified(tmp_path, await exported(stage, **body), "--json")
        assert (code, json.loads(out.splitlines()[-1])["events"]) == (0, count)


@pytest.mark.servers
@pytest.mark.parametrize(
    "body",
    [{}, {**SPAN, "to": SPAN["from"]}, {**SPAN, "from": "2026-10-01"}, {**SPAN, "x": 1}, {**SPAN, "topic": "a\nb"}],
)
async def test_what_can_not_be_exported_is_refused(stage: Stage, body: dict[str, Any]) -> None:
    async with stage.client("auditor") as client:
        assert (await client.post("/v1/audit-exports", json=body)).status_code == 422
        assert (await client.get("/v1/audit-exports/reporting-x/file")).status_code == 404
        assert (await client.get("/v1/audit-exports/signing-key")).json()["algorithm"] == "Ed25519"


def test_a_manifest_is_the_same_bytes_whoever_writes_it() -> None:
    manifest = Manifest(
        format="f",
        env="e",
        export_id="x",
        made_at="m",
        made_by="b",
        asked={},
        events=0,
        files=[],
        chain="c",
        public_key="k",
    )
    assert as_text(manifest) == as_text(manifest)
    assert as_text(manifest).endswith(b"}\n")
