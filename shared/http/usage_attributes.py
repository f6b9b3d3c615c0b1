"""Attributes of usage as their reader may see them.

{"destination": "3361234*", "$sealed": ["v1.dXNh….kQ3n…", "destination"]}
->  {"destination": "33612345678"}, {"destination": "shown"}       for who may read personal data; noted as read
->  {"destination": "3361234•••"},  {"destination": "hidden"}      for others
->  {"destination": "erased"},      {"destination": "erased"}      for everybody, once its key is destroyed
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import msgspec

from shared.http import personal_reads
from shared.http.vault import ERASED, NotSealed, Vault
from shared.kernel.sealed_attributes import HIDDEN, SEALED_KEY, sealed_in

MASK: Final = "•••"
Standing = Literal["shown", "hidden", "erased"]


async def shown_attributes(
    attributes: Mapping[str, Any], vault: Vault, *, may_see: bool, account_id: str | None = None
) -> tuple[dict[str, Any], dict[str, Standing]]:
    """The attributes, and how each that is personal stands. `account_id` is whose the record is, where that is known:
    of an account that is erased nothing is shown, under whichever key it was sealed."""
    readable = {name: value for name, value in attributes.items() if name != SEALED_KEY}
    found = sealed_in(attributes)
    if found is None:
        return readable, {}
    sealed, names = found
    if sealed is None or await vault.is_gone(sealed, account_id):
        return {**readable, **dict.fromkeys(names, ERASED)}, dict.fromkeys(names, "erased")
    if not may_see:
        return {**readable, **{name: masked(readable.get(name)) for name in names}}, dict.fromkeys(names, "hidden")
    text = await vault.open(sealed)
    if text == ERASED:
        return {**readable, **dict.fromkeys(names, ERASED)}, dict.fromkeys(names, "erased")
    if account_id is not None:
        personal_reads.note(account_id)
    try:
        return {**readable, **msgspec.json.decode(text, type=dict[str, Any])}, dict.fromkeys(names, "shown")
    except msgspec.DecodeError as error:
        raise NotSealed("what was sealed of a record is no JSON object") from error


def masked(kept: Any) -> str:
    """What is left of a value, and that there is more."""
    return f"{kept.removesuffix(HIDDEN)}{MASK}" if isinstance(kept, str) else MASK
