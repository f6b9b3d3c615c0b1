"""One supervisor for each data directory, and secrets that only its owner reads."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from pydantic import SecretStr

from meterlog.installation import DATABASES
from shared.embedded.directory import AlreadyRunning, DataDirectory, NothingHere
from shared.embedded.ports import Ports, is_free, is_open
from shared.engine.environment import environment_of
from shared.engine.settings import Settings


def test_a_second_start_in_the_same_directory_is_refused_with_the_pid_of_the_first(tmp_path: Path) -> None:
    with DataDirectory(tmp_path).locked():
        with pytest.raises(AlreadyRunning, match="meterlog status") as refused, DataDirectory(tmp_path).locked():
            pass
        assert refused.value.pid == os.getpid()
    with DataDirectory(tmp_path).locked():
        pass


def test_secrets_are_made_once_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first = DataDirectory(tmp_path).secrets()
    assert DataDirectory(tmp_path).secrets() == first
    assert stat.S_IMODE((tmp_path / "secrets.json").stat().st_mode) == 0o600


def test_a_database_that_is_new_gets_a_password_and_the_others_keep_theirs(tmp_path: Path) -> None:
    first = DataDirectory(tmp_path).secrets(["rating"])
    second = DataDirectory(tmp_path).secrets(["rating", "vault"])
    assert set(second.databases) == {"rating", "vault"}
    assert second.with_databases([]) == DataDirectory(tmp_path).secrets()
    assert second.databases["rating"] == first.databases["rating"]


def test_what_runs_in_a_directory_can_be_reached_from_its_path_alone(tmp_path: Path) -> None:
    settings = Settings(env="paris", port=8181, partitions=6, test_clock=True, token_key=SecretStr("t"))
    directory = DataDirectory(tmp_path)
    with pytest.raises(NothingHere, match="meterlog up"):
        directory.settings()
    directory.note(settings)
    assert directory.settings() == settings
    assert stat.S_IMODE((tmp_path / "environment.json").stat().st_mode) == 0o600


def test_a_service_knows_its_own_database_and_the_vault_and_no_other() -> None:
    settings = Settings(postgres_dsn=SecretStr("postgresql://admin@db/postgres")).with_databases(
        {name: f"postgresql://{name}@db/{name}" for name in DATABASES}
    )
    inherited = {"PATH": "/bin", "METERLOG_ENV": "of the shell", "POSTGRES_DSN": "of the shell"}

    rating = environment_of("rating", settings, port=40001, inherited=inherited)
    entry = environment_of("entry", settings, port=40002, inherited=inherited, databases=())

    assert [name for name in rating if "DSN" in name] == ["METERLOG_RATING_POSTGRES_DSN", "METERLOG_VAULT_POSTGRES_DSN"]
    assert [name for name in entry if "DSN" in name] == []
    assert (rating["PATH"], rating["METERLOG_ENV"], rating["METERLOG_SERVICE_PORT"]) == ("/bin", "local", "40001")


def test_ports_are_remembered_unless_somebody_took_them(tmp_path: Path) -> None:
    import socket

    file = tmp_path / "ports.json"
    first = Ports(file)["kafka"]
    assert Ports(file)["kafka"] == first
    with socket.socket() as somebody:
        somebody.bind(("127.0.0.1", first))
        somebody.listen()
        assert is_open(first)
        assert not is_free(first)
        assert Ports(file)["kafka"] != first
