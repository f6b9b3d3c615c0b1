"""`meterlog up` refuses before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from meterlog.cli.main import app


@pytest.mark.parametrize("said_by", ["flag", "environment"])
def test_a_test_clock_needs_one_process_of_each_service(
    said_by: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if said_by == "environment":
        monkeypatch.setenv("METERLOG_TEST_CLOCK", "true")
    flag = ["--test-clock"] if said_by == "flag" else []
    data_dir = tmp_path / "data"
    result = CliRunner().invoke(app, ["up", "--processes", "2", "--data-dir", str(data_dir), *flag])
    assert result.exit_code == 2
    assert "--processes" in result.output and not data_dir.exists()
