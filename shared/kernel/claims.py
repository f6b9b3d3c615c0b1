"""Keys that a client chooses and that do not choose their partition: each has an owner, and one effect.

A payment lives with its account, whose partition sees no payment of another. So its command goes first to the partition
of each key it carries, whose owner gives the key to one command and sends that on, under its own id:

    payments.events/2   KeyClaimed       payment pay-1            RecordPayment goes on to the next key
    payments.events/0   KeyClaimed       external_key BANK-77     RecordPayment goes on to its account
    payments.events/3   PaymentRecorded  acc-1                    answers the caller, and tells both owners
    payments.events/2   KeyUsed          payment pay-1            from now on refused to everybody else
    payments.events/0   KeyUsed          external_key BANK-77

A command says which keys it claims, in an order that is the same for all; nobody ever waits while holding one:

    class RecordPayment(Command):
        def claims(self, command_id):
            return claim_chosen("payment", self.payment_id, ..., command_id=command_id)

Where it ends without its effect (refused, expired, crashed), the owner of each key it holds is told: `KeyReleased`.
Until then another command is refused `key_claimed`, which is not final: its sender may ask again. A retry under the
same id finds its own claim and goes on as well; the key is free once every try under way has ended. No key travels as
it is written: a bank's reference may name a person.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import ClassVar

from shared.kernel.chosen_keys import Claim as Claim
from shared.kernel.chosen_keys import claim_chosen as claim_chosen
from shared.kernel.decider import Gone, State, View
from shared.kernel.errors import Rejection
from shared.kernel.message import Catalogue, Command, Event, catalogue
from shared.kernel.partition import partition_of

# -- what travels ----------------------------------------------------------------------------------------------------


class KeyClaimed(Event, frozen=True, kw_only=True):
    """Command `by` holds the key alone until its `tries` under way have ended. `holder` is what it would make."""

    KEY_FIELD = "digest"

    digest: str
    kind: str
    by: str
    holder: str
    tries: int = 1


class KeyUsed(Event, frozen=True, kw_only=True):
    """What command `by` was to make is in the log: the key is its own for ever."""

    KEY_FIELD = "digest"

    digest: str
    kind: str
    by: str
    holder: str


class KeyReleased(Event, frozen=True, kw_only=True):
    """A try of command `by` ended without its effect; with none `left` under way the key is free."""

    KEY_FIELD = "digest"

    digest: str
    kind: str
    by: str
    holder: str
    left: int = 0


CLAIM_EVENTS = (KeyClaimed, KeyUsed, KeyReleased)


class SettleClaim(Command, frozen=True, kw_only=True):
    """Tell the owner of a key how a try of the command ended that holds it."""

    KEY_FIELD = "digest"
    HOT: ClassVar[bool] = True

    digest: str
    by: str
    used: bool


def claim_commands(service: str) -> Catalogue[Command]:
    """This command under a service's name."""
    return catalogue(service, SettleClaim)


# -- what is known ---------------------------------------------------------------------------------------------------


class ClaimedKey(State, frozen=True, kw_only=True):
    """Who holds a key: as long as there are `tries` under way, or for ever."""

    KEY_FIELD = "digest"

    digest: str
    kind: str
    by: str
    holder: str
    tries: int = 0
    used: bool = False


class EarlierUse(State, frozen=True, kw_only=True):
    """What has a key that nobody claimed: recorded before keys were, or under an id that we made.

    A service looks it up in its own tables, over all partitions (a loader in its `app.py`); see `Claim.name`.
    """

    KEY_FIELD = "name"

    STORED = False

    name: str
    holder: str


# -- what follows ----------------------------------------------------------------------------------------------------


def next_claim(service: str, command: Command, command_id: str, held: Collection[str]) -> Claim | None:
    """The first key that the command does not hold yet."""
    return next((claim for claim in command.claims(command_id) if claim.digest(service) not in held), None)


def address(service: str, command: Command, command_id: str, partitions: int, held: Collection[str] = ()) -> int:
    """The partition that a command goes to next: that of its next claim, else of its aggregate."""
    claim = None if command.HOT else next_claim(service, command, command_id, held)
    if claim is not None:
        return partition_of(claim.digest(service), partitions)
    return 0 if command.REFERENCE else partition_of(command.key, partitions)


def decide(claim: Claim, service: str, command_id: str, view: View) -> Sequence[KeyClaimed]:
    """The claim; none where the command has the key for ever. Raises the refusal of a key that another one has."""
    digest = claim.digest(service)
    known = view.get(ClaimedKey, digest)
    if known is None:
        earlier = view.get(EarlierUse, claim.name)
        if earlier is not None:
            raise claim.taken(earlier.holder)
    elif known.by != command_id:
        taken = claim.taken(known.holder)
        raise taken if known.used else _being_decided(claim, taken)
    elif known.used:
        return ()
    tries = 1 if known is None else known.tries + 1
    return (KeyClaimed(digest=digest, kind=claim.kind, by=command_id, holder=claim.holder, tries=tries),)


def settle(command: SettleClaim, view: View) -> Sequence[Event]:
    """What is used by one try stays used, however others end."""
    known = view.get(ClaimedKey, command.digest)
    if known is None or known.by != command.by or known.used:
        return ()
    if command.used:
        return (KeyUsed(digest=known.digest, kind=known.kind, by=known.by, holder=known.holder),)
    left = known.tries - 1
    return (KeyReleased(digest=known.digest, kind=known.kind, by=known.by, holder=known.holder, left=left),)


def settlements(
    service: str, command_id: str, held: Iterable[str], partitions: int, *, used: bool
) -> Iterator[tuple[SettleClaim, int]]:
    """What the owner of each key is told about the end of a try, and its partition."""
    for digest in held:
        yield SettleClaim(digest=digest, by=command_id, used=used), partition_of(digest, partitions)


def fold(event: Event) -> State | Gone:
    """The key as it is after the event. Nothing is read."""
    match event:
        case KeyClaimed():
            return _known(event, tries=event.tries)
        case KeyUsed():
            return _known(event, used=True)
        case KeyReleased():
            return _known(event, tries=event.left) if event.left else Gone(ClaimedKey, event.digest)
    raise TypeError(f"{type(event).__name__} is no event of a claim")


def _known(event: KeyClaimed | KeyUsed | KeyReleased, *, tries: int = 0, used: bool = False) -> ClaimedKey:
    return ClaimedKey(digest=event.digest, kind=event.kind, by=event.by, holder=event.holder, tries=tries, used=used)


def _being_decided(claim: Claim, taken: Rejection) -> Rejection:
    detail = f"another request with {claim.key!r} is being decided; ask again in a moment"
    return Rejection("key_claimed", detail, pointer=taken.pointer, status=409)
