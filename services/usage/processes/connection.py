"""How FastStream reaches our Kafka: the same addresses and credentials as every other client (see Settings)."""

from __future__ import annotations

from faststream.security import BaseSecurity, SASLPlaintext, SASLScram256, SASLScram512

from shared.engine.settings import Settings

_SASL = {"PLAIN": SASLPlaintext, "SCRAM-SHA-256": SASLScram256, "SCRAM-SHA-512": SASLScram512}


def security_of(settings: Settings) -> BaseSecurity | None:
    """Credentials and TLS in FastStream's terms; `None` for a plain connection."""
    options = settings.kafka_options()
    context = options.get("ssl_context")
    if settings.kafka_security_protocol.startswith("SASL_"):
        return _SASL[settings.kafka_sasl_mechanism](
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            ssl_context=context,
            use_ssl=context is not None,
        )
    return BaseSecurity(ssl_context=context, use_ssl=True) if context is not None else None
