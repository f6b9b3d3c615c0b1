"""What changed of endpoints, for the audit trail: who is told what is a matter of access.

They stand beside the changes of users and keys (`identity/changes.py`), as `identity/0/…`. Of an address they have the
host only, since the rest of it is often a secret.
"""

from __future__ import annotations

from datetime import datetime

from services.reporting.identity.changes import AccessEvent


class WebhookEndpointCreated(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "endpoint_id"

    endpoint_id: str
    host: str
    events: tuple[str, ...]


class WebhookEndpointChanged(AccessEvent, frozen=True, kw_only=True):
    """As it is from now on."""

    ABOUT = "endpoint_id"

    endpoint_id: str
    host: str
    events: tuple[str, ...]


class WebhookSecretRotated(AccessEvent, frozen=True, kw_only=True):
    """The secret before signs too, until `previous_until`."""

    ABOUT = "endpoint_id"

    endpoint_id: str
    previous_until: datetime


class WebhookEndpointEnabled(AccessEvent, frozen=True, kw_only=True):
    """`skipped`: what happened meanwhile is not told."""

    ABOUT = "endpoint_id"

    endpoint_id: str
    skipped: bool


class WebhookEndpointDisabled(AccessEvent, frozen=True, kw_only=True):
    """`reason`: `asked`, `gone` (the receiver answered 410), `failing` (for three days nothing else came)."""

    ABOUT = "endpoint_id"

    endpoint_id: str
    reason: str


class WebhookEndpointDeleted(AccessEvent, frozen=True, kw_only=True):
    ABOUT = "endpoint_id"

    endpoint_id: str


class WebhookDeliveriesReplayed(AccessEvent, frozen=True, kw_only=True):
    """So many were asked to be sent again."""

    ABOUT = "endpoint_id"

    endpoint_id: str
    deliveries: int
