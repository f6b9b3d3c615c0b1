"""What a command says of a key that its client chose: who else must not have it, and what they are told.

    class RecordPayment(Command):
        def claims(self, command_id):
            return claim_chosen("payment", self.payment_id, payment_exists, command_id=command_id)

How the keys are claimed, one after the other, each at its owner, is in claims.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.kernel.errors import Rejection
from shared.kernel.ids import derive


@dataclass(frozen=True, slots=True)
class Claim:
    """That a command needs a key for itself. `holder` is the id of what it makes; `taken(holder)` the refusal of
    whoever comes later, told what holds the key.
    """

    kind: str
    key: str
    holder: str
    taken: Callable[[str], Rejection]

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.key}"

    def digest(self, service: str) -> str:
        """What stands for the key on the log, and chooses its partition."""
        return derive(service, self.kind, self.key)


def claim_chosen(kind: str, key: str, taken: Callable[[str], Rejection], *, command_id: str) -> tuple[Claim, ...]:
    """The claim of an id that names what is made, `kind`; none where it is the one we made from the command's id."""
    if key == derive(command_id, kind):
        return ()
    return (Claim(kind, key, key, taken),)
