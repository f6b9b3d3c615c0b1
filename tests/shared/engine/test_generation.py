"""A database is bound to the definition and the number of partitions that it was made with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shared.engine.generation import RebuildNeeded, WrongPartitions, definition_hash, prepare
from tests.kit.servers import FreshEnvironment
from tests.kit.toy import toy_service


@pytest.mark.servers
async def test_a_changed_projection_refuses_to_start(fresh_env: FreshEnvironment) -> None:
    service, settings = toy_service(), fresh_env.settings
    dsn = settings.postgres_dsn_of(service.name)
    first = await prepare(dsn, service, settings)
    assert await prepare(dsn, service, settings) == first
    with pytest.raises(RebuildNeeded, match="meterlog rebuild payments"):
        await prepare(dsn, replace(service, projection_version=2), settings)


@pytest.mark.servers
async def test_another_number_of_partitions_refuses_to_start(fresh_env: FreshEnvironment) -> None:
    service, settings = toy_service(), fresh_env.settings
    dsn = settings.postgres_dsn_of(service.name)
    await prepare(dsn, service, settings)
    with pytest.raises(WrongPartitions, match="made for 4 partitions"):
        await prepare(dsn, service, settings.model_copy(update={"partitions": 8}))


def test_a_new_column_is_another_definition_and_an_index_or_a_comment_is_not(tmp_path: Path) -> None:
    tables = tmp_path / "tables.sql"
    service = replace(toy_service(), tables=tables)

    def hash_of(sql: str) -> str:
        tables.write_text(sql)
        return definition_hash(service)

    made = hash_of("create table jar (a int);")
    assert hash_of("-- a jar\ncreate table   jar (a int);\ncreate index jar_by_a on jar (a);") == made
    assert hash_of("create table jar (a int, b int);") != made
