"""Sources: the equipment and the collectors that report usage, as far as somebody said something of them.

    DefineSource(source_id="bras-1", terms=SourceTerms(addresses=["10.0.0.1"], secret="v1.c291…", line="user"))
    -> SourceDefined

A source that nobody defined may report too; what is said here is how to prove and read what it sends, and when its
silence is worth an alert. Reference data: it lives in partition 0.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message
from shared.kernel.sealed import SealedSecret


class SourceTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of a source.

    `addresses` are those its RADIUS packets come from: an address, or a network such as `10.0.0.0/24`. `secret` is the
    one shared with it, sealed. `line` is what in its packets names the customer's line: `user`, `mac`, `ip` or
    `circuit`. With `signed`, a packet without a Message-Authenticator is dropped. After `silent_after_s` seconds
    without a record it has fallen silent; `None`: its silence says nothing.
    """

    name: str | None = None
    addresses: list[str] = []
    secret: SealedSecret | None = None
    line: str = "user"
    signed: bool = False
    silent_after_s: Count | None = None


class OfSource(Message, frozen=True, kw_only=True):
    """What is asked or said of a source."""

    KEY_FIELD = "source_id"
    REFERENCE: ClassVar[bool] = True

    source_id: str


class DefineSource(OfSource, Command, frozen=True, kw_only=True):
    """Say something of a source. Refused: `source_exists`, `address_taken`."""

    terms: SourceTerms


class ChangeSource(OfSource, Command, frozen=True, kw_only=True):
    """Say something else of it. A `secret` of `None` keeps the one it has.

    Refused: `source_not_found`, `version_mismatch`, `address_taken`.
    """

    terms: SourceTerms


class DeleteSource(OfSource, Command, frozen=True, kw_only=True):
    """Forget what was said of it: its packets are dropped from now on.

    Refused: `source_not_found`, `version_mismatch`.
    """


class SourceDefined(OfSource, Event, frozen=True, kw_only=True):
    """This is known of a source, version 1 of it."""

    terms: SourceTerms


class SourceChanged(OfSource, Event, frozen=True, kw_only=True):
    """This is known of it from now on."""

    version: Count
    terms: SourceTerms


class SourceDeleted(OfSource, Event, frozen=True, kw_only=True):
    """Nothing is known of it any more; its id may be defined again."""
