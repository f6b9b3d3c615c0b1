"""What came of an attempt to deliver."""

from __future__ import annotations

from typing import Literal, NamedTuple

Kind = Literal["sent", "deferred", "bounced", "failed", "gone", "unknown"]
"""`deferred`: not this time, try again. `bounced`: refused for good by the mail system. `failed`: it can't be done.
`gone`: the webhook is no more (410). `unknown`: nobody knows whether it arrived."""


class Outcome(NamedTuple):
    """`code` is SMTP's or HTTP's, or a word of ours; `answer` what was said, as it is kept."""

    kind: Kind
    code: str = ""
    answer: str = ""
