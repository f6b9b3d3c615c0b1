"""The files in deploy/ say the same as the code they deploy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from meterlog.installation import DATABASES, SERVICES
from shared.embedded.kafka import BROKER_SETTINGS
from shared.engine.settings import Settings, variable_of_dsn

ROOT = Path(__file__).parents[2]
SECRETS = ("METERLOG_TOKEN_KEY", "METERLOG_VAULT_KEY", "METERLOG_DATABASE_PASSWORD", "POSTGRES_PASSWORD")


@pytest.fixture(scope="module")
def containers() -> dict[str, Any]:
    yaml = pytest.importorskip("yaml", reason="needs PyYAML")
    services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    return services


def broker_properties() -> dict[str, str]:
    lines = (ROOT / "deploy/kafka/broker.properties").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def test_there_is_a_container_for_each_service_and_the_entry(containers: dict[str, Any]) -> None:
    modules = {name: containers[name]["command"][-1] for name in (*SERVICES, "entry")}
    assert modules == {**{name: f"services.{name}.app" for name in SERVICES}, "entry": "meterlog.entry.app"}


def test_a_container_knows_the_database_of_its_service_and_the_vault_and_no_other(containers: dict[str, Any]) -> None:
    for name in SERVICES:
        known = {variable for variable in containers[name]["environment"] if "DSN" in variable}
        assert known == {f"METERLOG_{name.upper()}_POSTGRES_DSN", "METERLOG_VAULT_POSTGRES_DSN"}
    assert not [variable for variable in containers["entry"]["environment"] if "DSN" in variable]


def test_every_variable_of_a_container_is_a_setting(containers: dict[str, Any]) -> None:
    settings = {f"METERLOG_{field.upper()}" for field in Settings.model_fields}
    settings |= {f"METERLOG_{service.upper()}_URL" for service in SERVICES}
    settings |= {variable_of_dsn(database) for database in DATABASES}
    for name in (*SERVICES, "entry", "topics"):
        ours = {variable for variable in containers[name]["environment"] if variable.startswith("METERLOG_")}
        assert ours <= settings


def test_brokers_are_set_up_alike_in_the_stack_in_compose_and_in_the_advice_for_clusters(
    containers: dict[str, Any],
) -> None:
    advice = broker_properties()
    kafka = containers["kafka"]["environment"]
    in_compose = {key: str(kafka[f"KAFKA_{key.replace('.', '_').upper()}"]) for key in advice}
    embedded = {key: BROKER_SETTINGS[key] for key in advice}
    assert advice == embedded == in_compose


def test_the_databases_made_for_containers_are_those_of_the_product() -> None:
    script = (ROOT / "deploy/postgres/databases.sh").read_text()
    [names] = re.findall(r"for name in (.*); do", script)
    assert tuple(names.split()) == DATABASES


def test_the_dashboard_asks_for_metrics_that_exist() -> None:
    from prometheus_client import generate_latest

    import shared.engine.telemetry  # noqa: F401 - registers the metrics

    page = generate_latest().decode()
    known = {*re.findall(r"^# TYPE (\S+)", page, re.M), "meterlog_up"}
    dashboard = json.loads((ROOT / "deploy/grafana/dashboards/meterlog.json").read_text())
    for panel in dashboard["panels"]:
        [metric] = re.findall(r"meterlog_[a-z_]+", panel["targets"][0]["expr"])
        assert {metric, metric.removesuffix("_bucket")} & known, metric


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_docker_compose_accepts_the_file() -> None:
    environment = {**os.environ, **dict.fromkeys(SECRETS, "secret")}
    command = ["docker-compose", "--file", str(ROOT / "docker-compose.yml"), "config", "--quiet"]
    checked = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("docker-compose"), reason="docker-compose is not installed")
def test_a_missing_secret_is_named_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "env").touch()
    environment = {name: value for name, value in os.environ.items() if name not in SECRETS}
    command = [
        "docker-compose",
        "--file",
        str(ROOT / "docker-compose.yml"),
        "--env-file",
        str(tmp_path / "env"),
        "config",
    ]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "set it in .env" in refused.stderr
