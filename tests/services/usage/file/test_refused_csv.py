"""The pieces of a file that were refused, as a spreadsheet reads them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.usage.file.list_api import refused_csv
from services.usage.file.rows import Failure, File


def file(*failures: Failure) -> File:
    return File(
        file_id="usage-file-1",
        sha256=b"",
        source="olt-12",
        format="csv",
        headers={},
        name="monday.csv",
        owner="user:u1",
        size_bytes=1,
        status="done",
        bodies=1,
        done=0,
        failed=len(failures),
        failures=list(failures),
        attempt=1,
        cancel_requested=False,
        created_at=datetime(2026, 11, 23, tzinfo=UTC),
        finished_at=None,
        sent={},
    )


def test_a_refused_piece_is_counted_from_one_as_people_do() -> None:
    failure = Failure(id="2500", code="malformed", detail="a row has 6 cells, not 1")
    assert refused_csv(file(failure)) == 'piece,code,reason\r\n2501,malformed,"a row has 6 cells, not 1"\r\n'


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_reason_that_begins_as_a_formula_is_text_for_a_spreadsheet(start: str) -> None:
    failure = Failure(id="0", code="malformed", detail=f"{start}1+1")
    assert refused_csv(file(failure)).splitlines()[1] == f"1,malformed,'{start}1+1"
