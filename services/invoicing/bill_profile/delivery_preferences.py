"""How an account gets its documents, as a part of its bill profile; the delivery aggregate keeps it.

PATCH /v1/accounts/acc-1/bill-profile {"delivery": {"email": {"to": ["ann@example.org"]}, "print": false,
                                                    "webhook": {"url": "https://…", "secret": "whsec_…"},
                                                    "automatic": true}}

`email` without addresses is the account's own one. The secret of a webhook is never shown; left out, it stays.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Annotated, Any, Final

import msgspec
from pydantic import BaseModel, Field, StrictBool

from services.invoicing.bill_profile.state import profile_of
from services.invoicing.delivery.addresses import (
    SecretText,
    UrlText,
    Webhook,
    addresses_in,
    webhook_in,
    webhook_text,
)
from services.invoicing.delivery.messages import DeliveryPreferences, DeliveryPreferencesChanged
from shared.http.api import Api
from shared.http.customers import SEALED
from shared.kernel.bodies import Body
from shared.kernel.decider import State, View
from shared.kernel.envelope import Envelope
from shared.kernel.errors import Rejection
from shared.kernel.sealed import Sealed
from shared.mail.addresses import ADDRESSES_MAX, AddressText

_SELECT: Final = "select * from delivery_preferences where account_id = $1"


class EmailBody(Body):
    """To which addresses; to the account's own one without any."""

    to: Annotated[list[AddressText], Field(max_length=ADDRESSES_MAX)] = []


class WebhookBody(Body):
    """Where a signed POST goes to; the secret (`whsec_…`) signs it."""

    url: UrlText
    secret: SecretText | None = None


class DeliveryPreferencesBody(Body):
    """Given as a whole. With `automatic` what is issued goes out by itself."""

    email: EmailBody | None = None
    webhook: WebhookBody | None = None
    print: StrictBool = False
    automatic: StrictBool = False


class EmailShape(BaseModel):
    to: list[str]


class WebhookShape(BaseModel):
    """`gone`: it has answered 410, and is not called until it is set anew."""

    url: str
    gone: bool


class DeliveryPreferencesShape(BaseModel):
    """By which channels documents go out. Addresses are "sealed" for those who may not read personal data."""

    email: EmailShape | None
    webhook: WebhookShape | None
    print: bool
    automatic: bool


def evolve_delivery(event: DeliveryPreferencesChanged, envelope: Envelope, view: View) -> Iterable[State]:
    """The profile has a new version."""
    yield msgspec.structs.replace(profile_of(view, event.account_id), version=event.version)


async def sealed_preferences(api: Api, account_id: str, body: DeliveryPreferencesBody) -> DeliveryPreferences:
    """Preferences as they travel. Raises where a webhook has no secret."""
    to = [] if body.email is None else list(dict.fromkeys(body.email.to))
    webhook = None if body.webhook is None else await _with_secret(api, account_id, body.webhook)
    return DeliveryPreferences(
        email=body.email is not None,
        email_to=await api.vault.seal_private(account_id, json.dumps(to)) if to else None,
        webhook=None if webhook is None else await api.vault.seal_private(account_id, webhook_text(webhook)),
        print=body.print,
        automatic=body.automatic,
    )


async def delivery_shape(api: Api, account_id: str, *, personal: bool) -> dict[str, Any]:
    """What is shown of an account's preferences; of one of which nobody has said anything the defaults."""
    row = await api.db.fetchrow(_SELECT, account_id)
    if row is None:
        return {"email": {"to": []}, "webhook": None, "print": False, "automatic": False}
    email = {"to": await _addresses(api, row["email_to"], personal=personal)} if row["email"] else None
    webhook = None
    if row["webhook"] is not None:
        known = webhook_in(await api.vault.open(Sealed(row["webhook"]))) if personal else None
        webhook = {"url": SEALED if known is None else known.url, "gone": row["webhook_gone"]}
    return {"email": email, "webhook": webhook, "print": row["print"], "automatic": row["automatic"]}


async def _addresses(api: Api, sealed: str | None, *, personal: bool) -> list[str]:
    if sealed is None:
        return []
    return addresses_in(await api.vault.open(Sealed(sealed))) if personal else [SEALED]


async def _with_secret(api: Api, account_id: str, body: WebhookBody) -> Webhook:
    if body.secret is not None:
        return Webhook(body.url, await api.vault.seal_secret("webhook", account_id, body.secret))
    row = await api.db.fetchrow(_SELECT, account_id)
    known = None if row is None or row["webhook"] is None else webhook_in(await api.vault.open(Sealed(row["webhook"])))
    if known is None:
        detail = "a webhook needs a secret of 16 to 200 visible characters, such as whsec_ and Base64"
        raise Rejection("required", detail, pointer="/delivery/webhook/secret")
    return Webhook(body.url, known.secret)
