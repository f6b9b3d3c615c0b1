"""docs/equipment.md is true: its commands, run as they stand there against a running product, get usage in."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import psutil
import pytest
import pytest_asyncio

from shared.embedded.stack import Stack
from tests.kit.keys import make_key
from tests.kit.ports import free_port
from tests.kit.radius import SECRET, accounting_request
from tests.kit.servers import Servers
from tests.kit.source import ROOT
from tests.kit.stacks import running_stack
from tests.kit.waiting import until
from tests.services.usage.processes.test_radius import answered

pytestmark = pytest.mark.servers

PAGE: Final = (ROOT / "docs" / "equipment.md").read_text()
BLOCKS: Final = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
TOOLS: Final = ("kcat", "radclient")
"""What not every machine has; a block that names one runs where it is."""


class Operator:
    """Somebody with a key, in a directory of his own."""

    def __init__(self, stack: Stack, key: str, directory: Path) -> None:
        self.directory = directory
        tools = directory / "bin"
        tools.mkdir()
        command = tools / "meterlog"
        command.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from meterlog.cli.main import run; run()" "$@"\n')
        command.chmod(0o755)
        self.env = {
            **os.environ,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "METERLOG_URL": stack.base_url,
            "METERLOG_API_KEY": key,
            "KAFKA": stack.settings.kafka_bootstrap_servers or "",
            "RADIUS_PORT": str(stack.settings.radius_port),
        }
        self.http = httpx.AsyncClient(base_url=stack.base_url, headers={"Authorization": f"Bearer {key}"}, timeout=120)

    async def runs(self, block: str) -> str:
        process = await asyncio.create_subprocess_exec(
            *("bash", "-euo", "pipefail", "-c", block),
            cwd=self.directory,
            env=self.env,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await asyncio.wait_for(process.communicate(), 120)
        assert process.returncode == 0, (block, said.decode(), complained.decode())
        return said.decode()

    async def counted(self, source: str, records: int) -> list[dict[str, Any]]:
        """The records of a source, once there are so many."""
        query = {"source": source}
        answer = await until(
            lambda: self.http.get("/v1/usage/records", params=query), lambda answer: answer.json()["total"] >= records
        )
        return list(answer.json()["items"])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def operator(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Operator]:
    directory = tmp_path_factory.mktemp("equipment")
    async with running_stack(servers, directory / "stack", test_clock=False, radius_port=free_port()) as stack:
        made = await make_key(stack.settings.postgres_dsn_of("reporting"), "admin", "equipment")
        found = Operator(stack, made["key"], directory)
        yield found
        await found.http.aclose()


async def test_every_command_of_the_page_gets_its_usage_in(operator: Operator) -> None:
    ran = [block for block in BLOCKS if all(tool not in block or shutil.which(tool) for tool in TOOLS)]
    for block in ran:
        await operator.runs(block)
    expected = {"doc-http": 3, "doc-events": 1, "doc-snmp": 1, "doc-csv": 1, "doc-folder": 1, "doc-pbx": 1}
    if shutil.which("radclient"):
        expected["doc-bras"] = 2
    for source, records in expected.items():
        assert len(await operator.counted(source, records)) == records, source
    (call,) = await operator.counted("doc-pbx", 1)
    assert (call["resource"], call["meter"], call["quantity"]) == ("tel:33123456789", "voice.seconds", "120")
    (flow,) = await operator.counted("192.0.2.1", 1)
    assert (flow["resource"], flow["quantity"]) == ("ip:203.0.113.7", "150000")
    report = json.loads((operator.directory / "incoming" / "done" / "monday.csv.report.json").read_text())
    assert (report["status"], report["done"], report["failed"]) == ("done", 1, 0)


async def test_a_file_beyond_what_a_body_may_have_passes_the_entry_as_it_arrives(operator: Operator) -> None:
    head = "id,resource,meter,quantity,started_at\n"
    rows = "".join(f"big-{n},mac:{n % 50},data.octets,7,2026-11-23T01:00:00Z\n" for n in range(180_000))
    file = (head + rows).encode()
    assert len(file) > 8 * 1024 * 1024
    params = {"source": "doc-big", "format": "csv"}
    answer = await operator.http.post("/v1/usage/files", params=params, content=file)
    assert answer.status_code == 202, answer.text
    path = f"/v1/jobs/{answer.json()['id']}"
    await operator.http.post(f"{path}/cancel")
    ended = await until(lambda: operator.http.get(path), lambda answer: answer.json()["finished_at"] is not None)
    assert ended.json()["status"] in ("cancelled", "done")


def took(other: socket.socket, port: int) -> bool:
    try:
        other.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


async def test_a_radius_listener_that_is_killed_is_seen_from_outside_and_started_again(operator: Operator) -> None:
    """Readiness, as a load balancer asks the entry for it, is red until packets are answered again."""
    port = int(operator.env["RADIUS_PORT"])
    source = {"id": "doc-killed", "addresses": ["127.0.0.1"], "secret": SECRET.decode()}
    for known in (await operator.http.get("/v1/sources")).json()["items"]:
        await operator.http.delete(f"/v1/sources/{known['id']}")
    assert (await operator.http.post("/v1/sources", json=source)).status_code == 201
    await until(lambda: answered(port, accounting_request("Start", "before")), bool)
    (listener,) = [
        process
        for process in psutil.Process().children(recursive=True)
        if any("radius_listener" in word for word in process.cmdline())
        and process.environ().get("METERLOG_RADIUS_PORT") == str(port)
    ]
    listener.kill()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
        # The port is taken before the next listener is there: red lasts until it is free, however seldom we look.
        await until(lambda: took(other, port))
        red = await until(lambda: operator.http.get("/readyz"), lambda answer: answer.status_code == 503)
        assert "usage" in red.text
    await until(lambda: operator.http.get("/readyz"), lambda answer: answer.status_code == 200)
    assert await until(lambda: answered(port, accounting_request("Stop", "after")), bool)
