"""Every setting of every process, read once from the environment (and `.env`).

A process builds one `Settings` in its `app.py` and hands it down; nothing else reads `os.environ`.

    METERLOG_ENV=paris POSTGRES_DSN=postgresql://admin:pw@db/postgres python -m services.rating.app

    settings = Settings()
    settings.postgres_dsn_of("rating")      # 'postgresql://admin:pw@db/meterlog_rating'
    settings.kafka_options()                # what every aiokafka client is built with

Secrets (keys, passwords, DSNs) are `SecretStr`: a log line or a traceback that shows them prints stars.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, TypedDict
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from stdnum import iban

from shared.engine.sign_in_settings import SignInSettings


class MissingSetting(Exception):
    """A setting this process can't do without is not given; the message names the variable to set."""


class KafkaOptions(TypedDict, total=False):
    """The connection arguments that aiokafka's consumer, producer and admin client have in common."""

    bootstrap_servers: str
    security_protocol: str
    sasl_mechanism: str
    sasl_plain_username: str
    sasl_plain_password: str
    ssl_context: ssl.SSLContext


class KafkaIdling(TypedDict):
    """When such a client drops a connection that nobody uses, and asks again who leads what."""

    connections_max_idle_ms: int
    metadata_max_age_ms: int


def _iban(text: str) -> str:
    """An IBAN without spaces; one with a wrong digit would be on every invoice, and in its QR code."""
    if text and not iban.is_valid(text):
        raise ValueError(f"{text!r} is no IBAN: a digit or its length is wrong")
    return iban.compact(text)


def _networks(text: str | None) -> str | None:
    """Names of networks. One that is mistyped would be found by the first call."""
    for part in filter(None, (part.strip() for part in (text or "").split(","))):
        ipaddress.ip_network(part)
    return text


class Settings(SignInSettings):
    """Fields are called as the variable is, without the prefix `METERLOG_`: `METERLOG_PORT` is `settings.port`."""

    model_config = SettingsConfigDict(
        env_prefix="METERLOG_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
        hide_input_in_errors=True,
    )

    env: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")] = "local"
    """First part of every topic, group and transaction name, so that environments can share a cluster."""

    host: str = "127.0.0.1"
    """Address that the services and the entry listen on; a container sets 0.0.0.0."""

    port: Annotated[int, Field(ge=0, le=65535)] = 8080
    """The entry's port: the one origin of console, documentation and API."""

    trusted_proxies: str = "127.0.0.1,::1"
    """Addresses and networks, with commas between, whose `X-Forwarded-For` and `X-Forwarded-Proto` the entry believes:
    those of your own reverse proxies. Limits on logging in are per address of a client."""

    service_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """Port of this service process; 0 lets the system choose."""

    radius_port: Annotated[int | None, Field(ge=1, le=65535)] = None
    """UDP port for RADIUS accounting, on `host`; the registered one is 1813. Without it there is no listener."""

    data_dir: Path = Path(".meterlog")
    """Where the embedded stack keeps its data, logs and secrets."""

    console_dir: Path = Path("console/dist")
    """The built console that the entry serves."""

    test_clock: bool = False
    """Follow the clock topic instead of the machine's clock; never in production."""

    demo: bool = False
    """These are the demo's data, all of them made up; the console says so. `meterlog demo` sets it."""

    partitions: Annotated[int, Field(ge=1, le=1000)] = 4
    """P: partitions of every topic. Recorded in each database when it is made; a process refuses another count."""

    replication: Annotated[int, Field(ge=1, le=5)] = 1
    """Replicas of each partition of a topic we create; 3 in production."""

    collection_grace_s: Annotated[int, Field(ge=0)] = 3600
    """How long after its end a period waits for usage that is still on its way."""

    webhook_networks: Annotated[str | None, AfterValidator(_networks)] = None
    """Networks of one's own, with commas between, where receivers of outgoing webhooks may stand, by http too. Other
    private addresses are never called, and the internet by https only. The embedded stack says: this machine."""

    session_interim_s: Annotated[int, Field(ge=10, le=86_400)] = 900
    """How often equipment reports a session that goes on (RADIUS: Acct-Interim-Interval)."""

    session_missed_interims: Annotated[int, Field(ge=1, le=1000)] = 3
    """How many of these reports in a row may be missed before the session is closed as estimated."""

    session_timeout_ms: Annotated[int, Field(ge=1000, le=60_000)] = 6000
    """How long a silent replica keeps its partitions: the larger part of the time to recover from its death."""

    connection_idle_s: Annotated[float, Field(ge=0.5)] = 300.0
    """How long a connection is kept that nobody uses, to Kafka, Postgres and between our processes: less than brokers
    (600 s) and most firewalls (350 s and more) keep it, so that none of them ends it unheard."""

    metadata_age_s: Annotated[float, Field(ge=0.5)] = 300.0
    """How often a Kafka client asks again which broker has what, when nothing told it that this has changed."""

    state_cache_mb: Annotated[int, Field(ge=1, le=100_000)] = 100
    """How much of what was read or written lately a process keeps in memory, over all partitions that it owns."""

    standstill_s: Annotated[float, Field(ge=1, le=3600)] = 20.0
    """How long a partition may take nothing, while there is something to take, before it is said to stand still."""

    start_timeout_s: Annotated[float, Field(ge=0, le=600)] = 60.0
    """How long a process that starts waits for the broker and its topics before it gives up."""

    instance: str | None = None
    """Name of this replica; one that comes back under the same name takes its partitions up again at once."""

    known_sources_only: bool = False
    """Quarantine usage of a source nobody registered (`unknown_source`) instead of registering it."""

    usage_lines: str | None = None
    """Networks, with commas between, whose addresses are lines: of a flow, an end outside them is nobody's usage."""

    failpoints: Path | None = None
    """Directory of armed failpoints (shared/engine/failpoints.py), for tests of recovery; never in production."""

    seller_name: str = "Meterlog"
    """Who issues the invoices, as printed on them."""

    seller_address: str = ""
    seller_tax_id: str = ""
    seller_payment_details: str = ""
    """Several lines where need be; what is empty is not printed."""

    seller_street: str = ""
    seller_postal_code: str = ""
    seller_city: str = ""
    seller_region: str = ""
    seller_country: Annotated[str, Field(pattern="^([A-Z]{2})?$")] = ""
    """The seller's address in its parts, as electronic invoices have it; the country is ISO 3166-1 alpha-2."""

    seller_vat_id: Annotated[str, Field(pattern="^([A-Z]{2}[0-9A-Z]{2,13})?$")] = ""
    """With the prefix of its country, as in VIES: `BE0123456749`."""

    seller_registration_id: str = ""
    """Of the register of companies."""

    seller_electronic_address: Annotated[str, Field(pattern="^([0-9A-Z]{2,4}:.+)?$")] = ""
    """Where electronic invoices come from: a scheme (EAS) and an id, `0208:0123456749`."""

    seller_iban: Annotated[str, AfterValidator(_iban)] = ""
    seller_bic: Annotated[str, Field(pattern="^([0-9A-Z]{8}|[0-9A-Z]{11})?$")] = ""
    """Where customers pay to; the IBAN without spaces."""

    seller_email: str = ""
    seller_phone: str = ""

    smtp_host: str | None = None
    """The server that takes mail. Without it what is to go by mail waits, and says so."""

    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """STARTTLS, which is demanded then, TLS from the first byte (port 465), or nothing for a server on the way."""

    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_sender: Annotated[str, Field(pattern=r"^([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+)?$")] = ""
    """The address that mail comes from, and comes back to; that of the seller where it is not set."""

    document_retention_years: Annotated[int, Field(ge=0, le=100)] = 10
    """How long documents are kept, from the end of the year they were issued in: an erased customer stays on them."""
    usage_dispute_months: Annotated[int, Field(ge=1, le=120)] = 18
    """For how many whole months after its own what is personal in usage can be read; then its keys are destroyed."""

    document_style: Path | None = None
    """A folder with `style.json` and a logo: how documents look (services/invoicing/document_style.py)."""

    token_key: SecretStr | None = None
    """Secret that signs the tokens between entry and services; the same for all processes of an environment."""

    vault_key: SecretStr | None = None
    """Master key of the vault, under which the keys of personal data are kept."""

    url: str = "http://127.0.0.1:8080"
    """Base URL for the CLI as a client."""

    api_key: SecretStr | None = None
    """API key for the CLI as a client."""

    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] = "json"

    service_urls: dict[str, str] = {}
    """Where the entry reaches each service: `METERLOG_<SERVICE>_URL`."""

    database_dsns: dict[str, SecretStr] = {}
    """The database of each service by itself, and the vault: `METERLOG_<DATABASE>_POSTGRES_DSN`."""

    postgres_dsn: Annotated[SecretStr | None, Field(validation_alias="POSTGRES_DSN")] = None
    """A DSN that may create databases and roles; those without a DSN of their own are reached through it."""

    kafka_bootstrap_servers: Annotated[str | None, Field(validation_alias="KAFKA_BOOTSTRAP_SERVERS")] = None
    kafka_security_protocol: Annotated[
        Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"], Field(validation_alias="KAFKA_SECURITY_PROTOCOL")
    ] = "PLAINTEXT"
    kafka_sasl_mechanism: Annotated[
        Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], Field(validation_alias="KAFKA_SASL_MECHANISM")
    ] = "PLAIN"
    kafka_sasl_username: Annotated[str | None, Field(validation_alias="KAFKA_SASL_USERNAME")] = None
    kafka_sasl_password: Annotated[SecretStr | None, Field(validation_alias="KAFKA_SASL_PASSWORD")] = None
    kafka_ssl_cafile: Annotated[Path | None, Field(validation_alias="KAFKA_SSL_CAFILE")] = None
    kafka_ssl_certfile: Annotated[Path | None, Field(validation_alias="KAFKA_SSL_CERTFILE")] = None
    kafka_ssl_keyfile: Annotated[Path | None, Field(validation_alias="KAFKA_SSL_KEYFILE")] = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """With what is set for each service and each database: shared/ knows none of their names."""
        assert isinstance(env_settings, EnvSettingsSource) and isinstance(dotenv_settings, EnvSettingsSource)
        variables = {**dotenv_settings.env_vars, **env_settings.env_vars}
        return init_settings, env_settings, dotenv_settings, InitSettingsSource(settings_cls, _by_name(variables))

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> Settings:
        """Settings from these variables over those of the environment, e.g. the ones a running stack has noted."""
        known = {name: variables[variable] for name, variable in _variables().items() if variables.get(variable)}
        return cls.model_validate({**known, **_by_name(variables)})

    def variables(self) -> dict[str, str]:
        """These settings as environment variables for another process, **secrets in the clear**. Inverse of `of`."""
        values = {variable: getattr(self, name) for name, variable in _variables().items()}
        urls = {f"METERLOG_{name.upper()}_URL": url for name, url in self.service_urls.items()}
        dsns = {variable_of_dsn(name): dsn for name, dsn in self.database_dsns.items()}
        return {
            variable: _as_text(value) for variable, value in {**values, **urls, **dsns}.items() if value is not None
        }

    def with_services(self, urls: Mapping[str, str]) -> Settings:
        """These settings, with addresses of services."""
        return self.model_copy(update={"service_urls": {**self.service_urls, **urls}})

    def with_databases(self, dsns: Mapping[str, str]) -> Settings:
        """These settings, with DSNs of databases."""
        secret = {name: SecretStr(dsn) for name, dsn in dsns.items()}
        return self.model_copy(update={"database_dsns": {**self.database_dsns, **secret}})

    @property
    def session_silence_s(self) -> int:
        """How long a session is not heard of before it is closed."""
        return self.session_interim_s * self.session_missed_interims

    def postgres_dsn_of(self, database: str) -> str:
        """The DSN of a service's database, or of `vault`. Raises `MissingSetting` where neither kind is given."""
        own = self.database_dsns.get(database)
        if own is not None:
            return own.get_secret_value()
        if self.postgres_dsn is None:
            raise MissingSetting(f"no database for {database}: set {variable_of_dsn(database)} or POSTGRES_DSN")
        return with_database(self.postgres_dsn.get_secret_value(), f"meterlog_{database}")

    def service_url(self, service: str) -> str:
        """Where the entry reaches a service, without a slash at the end."""
        url = self.service_urls.get(service)
        if url is None:
            raise MissingSetting(f"no address of {service}: set METERLOG_{service.upper()}_URL")
        return url.rstrip("/")

    def secret(self, name: Literal["token_key", "vault_key"]) -> str:
        """A key this process can't work without, in the clear: for signing and sealing only."""
        value: SecretStr | None = getattr(self, name)
        if value is None:
            raise MissingSetting(f"no {name.replace('_', ' ')}: set METERLOG_{name.upper()}")
        return value.get_secret_value()

    def kafka_options(self) -> KafkaOptions:
        """Connection arguments for aiokafka clients; with TLS where the protocol says so."""
        if self.kafka_bootstrap_servers is None:
            raise MissingSetting("no Kafka cluster: set KAFKA_BOOTSTRAP_SERVERS")
        options = KafkaOptions(
            bootstrap_servers=self.kafka_bootstrap_servers, security_protocol=self.kafka_security_protocol
        )
        if self.kafka_security_protocol.startswith("SASL_"):
            options["sasl_mechanism"] = self.kafka_sasl_mechanism
            options["sasl_plain_username"] = self.kafka_sasl_username or ""
            password = self.kafka_sasl_password
            options["sasl_plain_password"] = password.get_secret_value() if password else ""
        if self.kafka_security_protocol.endswith("SSL"):
            options["ssl_context"] = self._tls()
        return options

    def kafka_idling(self) -> KafkaIdling:
        """What every aiokafka client that lives long is built with besides."""
        return KafkaIdling(
            connections_max_idle_ms=int(self.connection_idle_s * 1000),
            metadata_max_age_ms=int(self.metadata_age_s * 1000),
        )

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self.kafka_ssl_cafile)
        if self.kafka_ssl_certfile is not None:
            context.load_cert_chain(self.kafka_ssl_certfile, self.kafka_ssl_keyfile)
        return context


def _variables() -> dict[str, str]:
    """Field name to variable name, of the fields that have one variable."""
    return {
        name: str(field.validation_alias or f"METERLOG_{name.upper()}")
        for name, field in Settings.model_fields.items()
        if name not in _BY_NAME
    }


def variable_of_dsn(database: str) -> str:
    return f"METERLOG_{database.upper()}_POSTGRES_DSN"


_BY_NAME: Final = {
    "service_urls": re.compile(r"METERLOG_([A-Z]+)_URL", re.IGNORECASE),
    "database_dsns": re.compile(r"METERLOG_([A-Z]+)_POSTGRES_DSN", re.IGNORECASE),
}
_EARLIER_NAMES: Final = {"METERLOG_START_PATIENCE_S": "start_timeout_s"}
"""How settings were called before; read for one version more, where the new name is not set."""


def _by_name(variables: Mapping[str, str | None]) -> dict[str, Any]:
    """What the variables say of services and databases, and of settings under their earlier names.

    >>> _by_name({"METERLOG_USAGE_URL": "http://u", "METERLOG_URL": "http://entry", "METERLOG_A_POSTGRES_DSN": ""})
    {'service_urls': {'usage': 'http://u'}}
    """
    found: dict[str, Any] = {}
    for variable, value in variables.items():
        if value and variable.upper() in _EARLIER_NAMES:
            found[_EARLIER_NAMES[variable.upper()]] = value
        for field, pattern in _BY_NAME.items():
            if value and (match := pattern.fullmatch(variable)):
                found.setdefault(field, {})[match[1].lower()] = value
    return found


def _as_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(int(value)) if isinstance(value, bool) else str(value)


def with_database(dsn: str, database: str) -> str:
    """The same server, role and options, another database.

    >>> with_database("postgresql://me:pw@db:5432/postgres?sslmode=require", "meterlog_usage")
    'postgresql://me:pw@db:5432/meterlog_usage?sslmode=require'
    """
    return urlunsplit(urlsplit(dsn)._replace(path=f"/{database}"))
