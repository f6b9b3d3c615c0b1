"""Personal fields in payloads: in the clear for the roles that may see them, "sealed" for the others.

    {"name": "v1.YWNjLTE.kQ3n…"}    ->  {"name": "Ann Example"} for support, {"name": "sealed"} for an auditor
    {"$sealed": ["v1.dXNh…", "destination"], …}      attributes of usage: see shared/http/usage_attributes.py
    {"secret": "v1.c2VjcmV0…"}      ->  {"secret": "sealed"} for everybody: what a network element shares with us

Sealed text is known by its form (version, account, ciphertext), so a field that becomes personal later is covered
without a list of names.
"""

from __future__ import annotations

import re
from typing import Any, Final

from shared.http.customers import SEALED
from shared.http.usage_attributes import masked, shown_attributes
from shared.http.vault import NotSealed, Vault, is_secret
from shared.kernel.sealed_attributes import SEALED_KEY, sealed_in

# 12 bytes of nonce and 16 of tag are the least a sealed field holds: 38 characters of base64.
_SEALED_TEXT: Final = re.compile(r"v1\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{38,}")
# An input kept as it was received can hold anything its sender wrote.
_AS_RECEIVED: Final = frozenset({"payload", "payload_base64"})


async def shown(value: Any, vault: Vault | None) -> Any:
    """A decoded payload as its reader may see it; `vault` is `None` for those who may not see personal data."""
    match value:
        case dict() if sealed_in(value) is not None:
            return await _usage(value, vault)
        case dict():
            return {key: await _field(key, field, vault) for key, field in value.items()}
        case list():
            return [await shown(item, vault) for item in value]
        case str() if _SEALED_TEXT.fullmatch(value):
            return SEALED if vault is None else await _opened(value, vault)
        case _:
            return value


async def _usage(attributes: dict[str, Any], vault: Vault | None) -> dict[str, Any]:
    """Attributes of usage whose meter marks some of them."""
    if vault is not None:
        try:
            return (await shown_attributes(attributes, vault, may_see=True))[0]
        except NotSealed:
            return attributes
    _, names = sealed_in(attributes) or (None, [])
    readable = {name: value for name, value in attributes.items() if name != SEALED_KEY}
    return {**readable, **{name: masked(readable.get(name)) for name in names}}


async def _field(key: str, value: Any, vault: Vault | None) -> Any:
    if vault is None and key in _AS_RECEIVED and isinstance(value, str):
        return SEALED
    return await shown(value, vault)


async def _opened(text: str, vault: Vault) -> str:
    """The text in the clear; a secret stays sealed. What only looks sealed, such as a description in that form, stays
    as it is."""
    try:
        return SEALED if is_secret(text) else await vault.open(text)
    except NotSealed:
        return text
