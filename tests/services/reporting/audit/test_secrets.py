"""What the audit trail shows of sealed fields: what is personal to those who may read it, a secret to nobody."""

from __future__ import annotations

import base64
import typing
from collections.abc import Iterator
from typing import Any, Final

import msgspec
import pytest

from services.reporting.audit.personal import shown
from shared.engine.settings import Settings
from shared.http.vault import NotSealed, Vault
from shared.kernel.sealed import Sealed, SealedSecret
from tests.contracts.catalogues import CATALOGUES
from tests.kit.servers import FreshEnvironment
from tests.kit.waiting import until
from tests.services.invoicing.story import opened
from tests.services.processes import Services, running

ELEMENT_SECRET: Final = "coa-secret-of-bng-1"
CHANGED_SECRET: Final = "coa-secret-of-bng-1-changed"
SOURCE_SECRET: Final = "radius-secret-of-bras"
WEBHOOK_SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
SECRETS: Final = (ELEMENT_SECRET, CHANGED_SECRET, SOURCE_SECRET, WEBHOOK_SECRET)

PERSONAL: Final = {
    "details": "a customer's address, tax id, e-mail and language",
    "name": "a customer's name",
    "email_to": "addresses that mail goes to",
    "recipient": "where a delivery goes to",
    "webhook": "the address of a customer's webhook; its secret in it is sealed by itself",
}
"""Fields that those who may read personal data see in the clear."""
SECRET: Final = {
    "secret": "what a network element or a source shares with us, and a payment gateway's key",
    "webhook_secret": "what a payment gateway signs by",
}
_SUSPECT: Final = ("secret", "password", "passphrase", "credential", "api_key", "private_key")


def fields_of(kind: Any, seen: frozenset[Any] = frozenset()) -> Iterator[tuple[str, Any]]:
    """Every field of a message, and of what it holds, by its name; with each type that stands in its own type."""
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)) or kind in seen:
        return
    for name, hint in typing.get_type_hints(kind).items():
        if name.startswith("__") or typing.get_origin(hint) is typing.ClassVar:
            continue
        for part in parts_of(hint):
            yield name, part
            yield from fields_of(part, seen | {kind})


def parts_of(hint: Any) -> Iterator[Any]:
    inner = typing.get_args(hint)
    if not inner:
        yield hint
    for each in inner:
        yield from parts_of(each)


def fields() -> list[tuple[str, str, Any]]:
    return [(name, field, part) for name, known in CATALOGUES.items() for field, part in fields_of(known[name])]


def test_every_sealed_field_of_every_event_is_personal_or_secret() -> None:
    """Whoever adds a sealed field says which; `seal` gives the one type, `seal_secret` the other."""
    sealed = {field for _, field, part in fields() if part is Sealed}
    secret = {field for _, field, part in fields() if part is SealedSecret}
    assert sealed == PERSONAL.keys()
    assert secret == SECRET.keys()


def test_no_event_has_a_secret_that_is_not_sealed() -> None:
    bare = [(name, field) for name, field, part in fields() if field in _SUSPECT and part in (str, Sealed)]
    assert bare == []


@pytest.mark.parametrize("owner", ["secret/source/b-1", "network-element:bng-1", "source:b-1", "webhook:acc-1"])
async def test_a_secret_of_any_age_is_not_even_opened_for_the_trail(owner: str) -> None:
    text = f"v1.{base64.urlsafe_b64encode(owner.encode()).decode().rstrip('=')}.{'A' * 60}"
    # This vault has no database: it would raise.
    assert await shown({"terms": {"secret": text}}, Vault(Settings())) == {"terms": {"secret": "sealed"}}


async def test_who_opens_what_is_personal_gets_no_secret() -> None:
    owner = base64.urlsafe_b64encode(b"secret/source/b-1").decode().rstrip("=")
    with pytest.raises(NotSealed, match="shown to nobody"):
        await Vault(Settings()).open(f"v1.{owner}.{'A' * 60}")


@pytest.mark.servers
async def test_the_trail_shows_names_and_addresses_and_no_secret_to_anybody(fresh_env: FreshEnvironment) -> None:
    async with running(fresh_env.settings, "usage", "invoicing", "reporting") as services:
        await _told(services)
        seen = {role: await _trail(services, role) for role in ("admin", "billing", "auditor")}
    for role, trail in seen.items():
        assert [secret for secret in SECRETS if secret in trail] == [], role
    for role in ("admin", "billing"):
        assert "Ann of acc-1" in seen[role]
        assert "https://receiver.example/hook" in seen[role]
    assert "Ann of acc-1" not in seen["auditor"]
    assert "receiver.example" not in seen["auditor"]


async def _told(services: Services) -> None:
    """Everything that has a secret is defined and changed; a customer has a name."""
    element = {"driver": "radius_coa", "address": "192.0.2.1"}
    source = {"addresses": ["192.0.2.7"], "secret": SOURCE_SECRET}
    webhook = {"url": "https://receiver.example/hook", "secret": WEBHOOK_SECRET}
    name = await services.vault.seal("acc-1", "Ann of acc-1")
    await services.rating_says(msgspec.structs.replace(opened("acc-1"), name=name))

    async def profile() -> bool:
        answer = await services.invoicing.patch(
            "/v1/accounts/acc-1/bill-profile", json={"delivery": {"webhook": webhook}}
        )
        return answer.status_code == 200

    for answer in (
        await services.usage.post("/v1/network-elements", json={"id": "bng-1", **element, "secret": ELEMENT_SECRET}),
        await services.usage.put("/v1/network-elements/bng-1", json={**element, "secret": CHANGED_SECRET}),
        await services.usage.post("/v1/sources", json={"id": "bras-1", **source}),
    ):
        assert answer.status_code < 300, answer.text
    await until(profile)


EXPECTED: Final = {
    "usage.NetworkElementDefined.v1",
    "usage.NetworkElementChanged.v1",
    "usage.SourceDefined.v1",
    "invoicing.DeliveryPreferencesChanged.v1",
    "rating.AccountOpened.v1",
}


async def _trail(services: Services, role: str) -> str:
    """All events with their data, as one text."""
    headers = services.token(role)
    found: list[dict[str, Any]] = []

    async def listed() -> bool:
        answer = await services.reporting.get("/v1/events?limit=500", headers=headers)
        found[:] = answer.json()["items"] if answer.status_code == 200 else []
        return {event["type"] for event in found} >= EXPECTED

    await until(listed)
    texts: list[str] = []
    for event in found:
        answer = await services.reporting.get(f"/v1/events/{event['id']}", headers=headers)
        assert answer.status_code == 200, answer.text
        texts.append(answer.text)
    return "\n".join(texts)
