"""What came of an attempt to deliver."""

from __future__ import annotations

from typing import NamedTuple

from services.invoicing.delivery.messages import Outcome as Kind


class Outcome(NamedTuple):
    """`code` is SMTP's or HTTP's, or a word of ours; `answer` what was said, as it is kept."""

    kind: Kind
    code: str = ""
    answer: str = ""
