"""What a command says of an error a user can do something about."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import pytest
import typer

from meterlog.cli.output import UNREACHABLE, exit_codes


def test_a_postgres_without_a_free_connection_is_told_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, exit_codes():
        raise asyncpg.TooManyConnectionsError("sorry, too many clients already")
    assert ended.value.exit_code == UNREACHABLE
    said = capsys.readouterr().err
    assert said.startswith("meterlog: Postgres takes no more connections") and "max_connections" in said


def test_a_file_where_a_directory_should_be_is_named_without_a_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "data"
    file.touch()
    with pytest.raises(typer.Exit) as ended, exit_codes():
        file.mkdir(exist_ok=True)
    assert ended.value.exit_code == UNREACHABLE
    assert capsys.readouterr().err == f"meterlog: can't use {file}: file exists\n"
