"""Why an event happens: the chain from an input to everything that follows from it.

command c1            CoinsPut         caused by c1, answers c1
invoicing/3/1842      ReceivableOpened caused by invoicing/3/1842, answers nobody
payments/3/907        (a follow-up)    caused by payments/3/907; its correlation and actor are those of the input
"""

from __future__ import annotations

import msgspec

from shared.kernel.envelope import Envelope


class Cause(msgspec.Struct, frozen=True):
    """Why something happens: the chain from an input to everything that follows from it.

    `answers` is the command id whose caller awaits a result, `None` where nobody does.
    """

    citation: str
    command_id: str
    correlation_id: str
    actor: str
    answers: str | None
    payload_hash: str | None
    origin: str | None
    root: bool = True

    @staticmethod
    def of_command(envelope: Envelope, command_id: str, origin: str | None, *, hot: bool) -> Cause:
        return Cause(
            citation=command_id,
            command_id=command_id,
            correlation_id=envelope.correlation_id or command_id,
            actor=envelope.actor or "system",
            answers=None if hot else command_id,
            payload_hash=envelope.payload_hash,
            origin=origin,
        )

    @staticmethod
    def of_event(envelope: Envelope, origin: str | None) -> Cause:
        return Cause(
            citation=envelope.citation,
            command_id=envelope.citation,
            correlation_id=envelope.correlation_id or envelope.citation,
            actor=envelope.actor or "system",
            answers=None,
            payload_hash=None,
            origin=origin,
        )

    @staticmethod
    def of_parked(envelope: Envelope, origin: str) -> Cause:
        """An input that is put aside: nobody's question is answered by that."""
        if envelope.seq:
            return Cause.of_event(envelope, origin)
        return Cause.of_command(envelope, envelope.command_id or envelope.citation, origin, hot=True)

    def then(self, envelope: Envelope) -> Cause:
        """The same chain, caused by an event just recorded."""
        return self._with(envelope.citation, self.command_id, self.root)

    def following(self, command_id: str) -> Cause:
        """The same chain, deciding a follow-up command in place."""
        return self._with(self.citation, command_id, False)

    def unanswered(self) -> Cause:
        """The same chain, answering nobody."""
        return msgspec.structs.replace(self, answers=None)

    def _with(self, citation: str, command_id: str, root: bool) -> Cause:
        """Named in full, as there is one of these for every step."""
        return Cause(
            citation,
            command_id,
            self.correlation_id,
            self.actor,
            self.answers,
            self.payload_hash,
            self.origin,
            root,
        )
