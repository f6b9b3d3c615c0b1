"""What is said where a log misses an event, or holds one twice."""

from __future__ import annotations

from shared.kernel.envelope import Envelope


class SequenceGap(Exception):
    """The log misses an event or holds one twice: a person decides, nothing goes on."""

    @classmethod
    def at(cls, log: str, expected: int, read: Envelope) -> SequenceGap:
        """What was found, what it means and what to do. `log` is a topic and its partition."""
        if read.seq < expected:
            means = (
                f"an event of this number was read before, so the log holds events doubled. `meterlog verify "
                f"{read.service}` names them with both offsets"
            )
        else:
            means = "those between are missing. Restore the log"
        return cls(
            f"expected {log}@{expected}, read {read.citation}: {means}; docs/operations.md says what else, and nothing "
            "goes on until then"
        )
