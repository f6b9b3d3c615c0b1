"""What travels on the log: frozen messages with a name, a version and a home.

Commands ask (`OpenAccount`), events report (`AccountOpened`). A class is its own schema; its name and `VERSION` make
the CloudEvents type, and `key` says whose message it is: its account's, or what `KEY_FIELD` names:

    class MeterDefined(Event, kw_only=True):
        KEY_FIELD = "meter_id"

        meter_id: str
        unit: str

    catalogue("usage", MeterDefined)["usage.MeterDefined.v1"]

Only optional fields are ever added to a published event; anything else is a new version. The class as it was stays
beside the new one, named for its version, and says the same in the next one:

    class AccountOpenedV1(Event, kw_only=True):
        account_id: str
        terms: int

        def upcast(self) -> AccountOpened:
            return AccountOpened(account_id=self.account_id, terms_days=self.terms)

Both stand in the catalogue, which reads either and gives the newest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final, Generic, TypeVar

from shared.kernel import wire
from shared.kernel.bounds import Checked
from shared.kernel.chosen_keys import Claim

_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


class Message(Checked, frozen=True, kw_only=True, omit_defaults=True):
    """A fact or a request. Unknown fields are ignored on reading, so an older reader survives a newer writer."""

    VERSION: ClassVar[int] = 1
    # Quiet messages tick for ever (intake progress): they are no sign that something is still going on.
    QUIET: ClassVar[bool] = False
    # Reference data lives in partition 0 of its service, whatever its key.
    REFERENCE: ClassVar[bool] = False

    KEY_FIELD: ClassVar[str] = "account_id"
    """The field that is its `key`, where a class does not say otherwise: most messages belong to their account. Empty
    where a message belongs to a partition and no aggregate."""

    @property
    def key(self) -> str:
        """The id of the aggregate this message belongs to: it chooses the partition and becomes `ce_subject`."""
        return str(getattr(self, self.KEY_FIELD)) if self.KEY_FIELD else ""

    @property
    def account(self) -> str | None:
        """The account concerned, for the audit trail and for parking; `None` for reference data and the like."""
        return getattr(self, "account_id", None)

    def upcast(self) -> Message | None:
        """The same in the next version; `None` for the newest."""
        return None


class Event(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Something that has happened. Never refused, never changed."""

    # Hot events travel in batches with a null key and stay out of the audit trail.
    HOT: ClassVar[bool] = False


class Command(Message, frozen=True, kw_only=True, omit_defaults=True):
    """A request to the owner of an aggregate. It may be refused."""

    # Hot commands are deduplicated by the domain itself and leave no row per command id.
    HOT: ClassVar[bool] = False

    def claims(self, command_id: str) -> Sequence[Claim]:
        """The keys that a client chose, and that no other command of any partition may use: always in this order.

        They are claimed one after the other before the command is decided (shared/kernel/claims.py).
        """
        return ()


M = TypeVar("M", bound=Message)


class Catalogue(Mapping[str, type[M]], Generic[M]):
    """The message classes of one service, by CloudEvents type."""

    def __init__(self, service: str, kinds: tuple[type[M], ...]) -> None:
        self.service = service
        self._kinds = {type_name(service, kind): kind for kind in kinds}
        self._names = {kind: name for name, kind in self._kinds.items()}
        self._decoders = {name: wire.decoder(kind) for name, kind in self._kinds.items()}
        if len(self._kinds) != len(kinds):
            raise ValueError(f"two messages of {service} share a name")

    def __getitem__(self, name: str) -> type[M]:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def name_of(self, message: Message) -> str:
        """The `ce_type` of a message of this catalogue; `KeyError` for a stranger."""
        return self._names[type(message)]  # type: ignore[index]

    def decode(self, name: str, data: bytes) -> M:
        """The message with that `ce_type`, in its newest version. Raises `KeyError` (unknown type) or
        `msgspec.DecodeError`.

        U+0000, which JSON admits and no table can hold, is read as U+FFFD.
        """
        # A single byte is found at the speed of memory, eighty times as fast as six; few messages have it.
        if b"\\" in data and b"\\u0000" in data:
            data = _NUL.sub(rb"\1\\ufffd", data)
        message = self._decoders[name].decode(data)
        while (newer := message.upcast()) is not None:
            message = newer  # type: ignore[assignment]
        return message

    def __or__(self, other: Catalogue[M]) -> Catalogue[M]:
        merged: Catalogue[M] = Catalogue(self.service, ())
        merged._kinds = {**self._kinds, **other._kinds}
        merged._names = {**self._names, **other._names}
        merged._decoders = {**self._decoders, **other._decoders}
        return merged


def catalogue(service: str, *kinds: type[M]) -> Catalogue[M]:
    """The catalogue of a service's messages, in one line at the foot of its events.py or commands.py."""
    return Catalogue(service, kinds)


def type_name(service: str, kind: type[Message]) -> str:
    """`rating.AccountOpened.v1`, of `AccountOpenedV1` too, once there is a newer one."""
    return f"{service}.{kind.__name__.removesuffix(f'V{kind.VERSION}')}.v{kind.VERSION}"


def type_as_written(received: str, message: Message) -> str:
    """What a message that was received as `received` is called when it is written again: in its newest version."""
    return type_name(received.partition(".")[0], type(message))


def encode(message: Message) -> bytes:
    """The JSON bytes that travel. Deterministic: fields in declaration order; integers of any size, exactly."""
    return wire.write(message)
