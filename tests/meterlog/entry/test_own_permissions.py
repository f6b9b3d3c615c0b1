"""Who may what of the paths that the entry answers itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from meterlog.entry.own_paths import OWN_PATHS
from shared.http.auth import ROLES
from tests.meterlog.entry.stubs import StubEntry, key, running_entry

ANYBODY = set(ROLES)
READERS = {"admin", "billing", "support", "auditor"}
TABLE = {
    ("GET", "/v1/clock"): ANYBODY,
    ("PUT", "/v1/clock"): {"admin"},
    ("DELETE", "/v1/clock"): {"admin"},
    ("POST", "/v1/clock/advance"): {"admin"},
    ("GET", "/v1/health/services"): READERS,
    ("GET", "/v1/proof/rebuilds"): READERS,
}


def test_every_path_of_the_entry_is_in_the_table() -> None:
    assert {(method.upper(), path) for path, methods in OWN_PATHS.items() for method in methods} == set(TABLE)


@pytest.mark.parametrize("role", [*ROLES, None])
async def test_the_entrys_own_paths_answer_every_role_as_the_table_says(role: str | None, tmp_path: Path) -> None:
    async with running_entry(tmp_path) as entry:
        for (method, path), admitted in TABLE.items():
            status = await _status(entry, method, path, role)
            if role is None:
                assert status == 401, path
            else:
                assert (status == 403) is (role not in admitted), f"{method} {path} {status}"


async def _status(entry: StubEntry, method: str, path: str, role: str | None) -> int:
    headers = {} if role is None else key(role)
    return (await entry.client.request(method, path, headers=headers, json={})).status_code
