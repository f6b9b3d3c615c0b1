"""An operator who comes from elsewhere brings customers, plans and usage in files; twice, and each is there once."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kit.stacks import DemoStack

pytestmark = pytest.mark.servers

ACCOUNTS = """id,name,currency,cycle_id,tax_rate,address.lines,address.postal_code,address.city,address.country
imp-1,Ann Import,EUR,monthly,20,Rue Haute 12|Apt 3,1000,Brussels,BE
imp-2,Bob Import,EUR,monthly,20,,,,
imp-3,Cy Import,EUR,nowhere,20,,,,
"""
PLANS = """id,name,currency,effective_from,model,amount,interval,bill,meter,unit_price
imp-fibre,Fibre import,EUR,2026-01-01,flat,29.90,month,advance,,
imp-fibre,,,,per_unit,,,,data.octets,0.000001
"""
USAGE = """source,id,resource,meter,quantity,started_at
imp-olt,u1,mac:im:po:rt,data.octets,700,2026-08-02T01:00:00Z
imp-olt,u2,mac:im:po:rt,data.octets,900,2026-08-02T02:00:00Z
"""


async def imported(demo: DemoStack, kind: str, file: Path, *words: str, code: int) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "meterlog.cli.main", "import", kind, str(file), "--json", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "METERLOG_URL": demo.base_url, "METERLOG_API_KEY": demo.played.admin_key},
    )
    out, err = await process.communicate()
    assert process.returncode == code, (out + err).decode()
    said: dict[str, Any] = json.loads(out.splitlines()[-1])
    return said


def counts(report: dict[str, Any]) -> tuple[int, int, int]:
    return report["taken"], report["existing"], report["refused"]


async def test_files_of_another_system_are_taken_once(demo: DemoStack, tmp_path: Path) -> None:
    files = {"accounts": ACCOUNTS, "plans": PLANS, "usage": USAGE}
    for kind, text in files.items():
        (tmp_path / kind).write_text(text)
    foreseen = await imported(demo, "accounts", tmp_path / "accounts", "--dry-run", code=1)
    assert counts(foreseen) == (2, 0, 1)
    assert [(one["line"], one["code"], one["pointer"]) for one in foreseen["failures"]] == [
        (4, "not_found", "/cycle_id")
    ]
    taken = await imported(demo, "accounts", tmp_path / "accounts", code=1)
    assert counts(taken) == (2, 0, 1) and taken["failures"][0]["code"] == "cycle_not_found"
    assert counts(await imported(demo, "plans", tmp_path / "plans", code=0)) == (1, 0, 0)
    assert counts(await imported(demo, "plans", tmp_path / "plans", code=0)) == (1, 0, 0)
    assert counts(await imported(demo, "plans", tmp_path / "plans", "--dry-run", code=0)) == (0, 1, 0)
    for _ in range(2):
        assert counts(await imported(demo, "usage", tmp_path / "usage", "--source", "imp-olt", code=0)) == (2, 0, 0)
