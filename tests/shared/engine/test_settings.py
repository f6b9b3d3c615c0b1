"""Settings come from the environment, and secrets stay out of sight."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from pydantic import SecretStr, ValidationError

from shared.engine.logging import configure_logging
from shared.engine.settings import MissingSetting, Settings


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_variables_carry_the_prefix_but_those_of_kafka_and_postgres(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METERLOG_ENV", "paris")
    monkeypatch.setenv("METERLOG_KNOWN_SOURCES_ONLY", "1")
    monkeypatch.setenv("KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
    monkeypatch.setenv("POSTGRES_DSN", "postgresql://admin:pw@db/postgres")
    settings = Settings()
    assert (settings.env, settings.known_sources_only) == ("paris", True)
    assert settings.kafka_options() == {"bootstrap_servers": "kafka:9092", "security_protocol": "PLAINTEXT"}
    assert settings.postgres_dsn_of("rating") == "postgresql://admin:pw@db/meterlog_rating"


def test_a_database_of_its_own_goes_before_the_common_server() -> None:
    settings = Settings(
        postgres_dsn=SecretStr("postgresql://a/b"), database_dsns={"vault": SecretStr("postgresql://v/v")}
    )
    assert settings.postgres_dsn_of("vault") == "postgresql://v/v"


def test_what_is_missing_is_named_by_its_variable() -> None:
    with pytest.raises(MissingSetting, match="METERLOG_RATING_POSTGRES_DSN or POSTGRES_DSN"):
        Settings().postgres_dsn_of("rating")
    with pytest.raises(MissingSetting, match="METERLOG_TOKEN_KEY"):
        Settings().secret("token_key")
    with pytest.raises(MissingSetting, match="METERLOG_USAGE_URL"):
        Settings().service_url("usage")


@pytest.mark.parametrize("env", ["Paris", "a.b", "", "-a", "x" * 41])
def test_an_environment_that_can_not_be_part_of_a_topic_name_is_refused(env: str) -> None:
    with pytest.raises(ValidationError):
        Settings(env=env)


def test_a_protected_cluster_gets_credentials_and_tls() -> None:
    settings = Settings(
        kafka_bootstrap_servers="kafka:9092",
        kafka_security_protocol="SASL_SSL",
        kafka_sasl_mechanism="SCRAM-SHA-512",
        kafka_sasl_username="meterlog",
        kafka_sasl_password=SecretStr("pw"),
    )
    options = settings.kafka_options()
    assert (options["sasl_mechanism"], options["sasl_plain_password"]) == ("SCRAM-SHA-512", "pw")
    assert options["ssl_context"].check_hostname


def test_settings_survive_the_way_through_another_process() -> None:
    settings = Settings(
        env="paris", test_clock=True, token_key=SecretStr("t"), postgres_dsn=SecretStr("postgresql://x")
    )
    assert Settings.of(settings.variables()) == settings


def test_no_secret_is_printed_in_settings_an_error_or_a_log_line() -> None:
    settings = Settings(token_key=SecretStr("geheim"), postgres_dsn=SecretStr("postgresql://a:geheim@db/x"))
    out = io.StringIO()
    configure_logging(settings, service="rating", stream=out)
    structlog.get_logger().info("started", settings=settings, key=settings.token_key)
    with pytest.raises(ValidationError) as refused:
        Settings.model_validate({"port": "geheim"})
    assert "geheim" not in f"{settings!r} {out.getvalue()} {refused.value}"


def test_a_log_line_begins_with_the_event_and_carries_what_was_bound() -> None:
    out = io.StringIO()
    configure_logging(Settings(), service="rating", stream=out)
    with structlog.contextvars.bound_contextvars(partition=2):
        structlog.get_logger("test").info("period_closed", charges=12)
        logging.getLogger("uvicorn.error").warning("%s requests waiting", 3)
        logging.getLogger("aiokafka.producer.sender").warning("retrying")
    own, library = (json.loads(line) for line in out.getvalue().splitlines())
    assert list(own)[:4] == ["event", "level", "at", "service"]
    assert (own["event"], own["charges"], own["partition"]) == ("period_closed", 12, 2)
    assert (library["event"], library["partition"]) == ("3 requests waiting", 2)


def test_a_setting_is_read_under_its_earlier_name_where_the_new_one_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METERLOG_START_PATIENCE_S", "7")
    assert Settings().start_timeout_s == 7
    monkeypatch.setenv("METERLOG_START_TIMEOUT_S", "9")
    assert Settings().start_timeout_s == 9


@pytest.mark.parametrize("written", ["BE71 0961 2345 6769", "be71096123456769", "BE71096123456769"])
def test_an_iban_is_kept_without_spaces(written: str) -> None:
    assert Settings(seller_iban=written).seller_iban == "BE71096123456769"


@pytest.mark.parametrize("written", ["BE71096123456768", "BE7109612345676", "ZZ71096123456769", "none"])
def test_an_iban_with_a_wrong_digit_ends_the_start(written: str) -> None:
    with pytest.raises(ValidationError, match="no IBAN"):
        Settings(seller_iban=written)
