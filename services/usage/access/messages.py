"""Access: what a line is to have, why, and whether the network was told.

    SetAccess("subscription:sub-1", cause="subscription", steps=[AccessStep(at=10 September, state="blocked", …)])
    -> AccessCauseSet, and on 10 September AccessWanted(state="blocked", version=1)
    StartAttempt -> AttemptStarted,  (the element is told)  EndAttempt -> AttemptEnded(outcome="acknowledged")

Keyed by the resource `subscription:<id>`, in its partition: what is suspended is a subscription, and the resources that
are assigned to it when the network is told are the line. Rating says what follows from money; each cause is set and
cleared by itself, with what it will ask for later, and of all causes the strictest counts.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from services.usage.network.contract import AccessState, Rates
from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event, Message

__all__ = ["AccessState", "Rates"]

Outcome = Literal["acknowledged", "refused", "timed_out"]


class AccessStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """From `at` on, until the next step, a cause asks for the state. `rates` of an open line are its plan's."""

    at: datetime
    state: AccessState
    rates: Rates | None = None
    why: str = ""


class OfLine(Message, frozen=True, kw_only=True):
    """What is asked or said of a line."""

    KEY_FIELD = "resource_id"

    resource_id: str


class SetAccess(OfLine, Command, frozen=True, kw_only=True):
    """What a cause asks for from now on, in place of what it asked for before; without steps it asks for nothing."""

    cause: str
    steps: list[AccessStep] = []


class UpdateRates(OfLine, Command, frozen=True, kw_only=True):
    """The bandwidth profile has these rates now: whatever the line's causes ask for by its name is asked for anew.

    Nothing happens where no cause names it, now or later.
    """

    rates: Rates


class CheckAccess(OfLine, Command, frozen=True, kw_only=True):
    """A step has begun; a timer sends it."""


class RepeatAccess(OfLine, Command, frozen=True, kw_only=True):
    """Tell the network once more, as a new version: it has something else than it acknowledged.

    Nothing happens where another `version` is wanted by now.
    """

    version: Count
    reason: str = ""


class AssignElement(OfLine, Command, frozen=True, kw_only=True):
    """Which network element serves the line; `None`: the only one there is. Refused: `network_element_not_found`."""

    element_id: str | None = None


class StartAttempt(OfLine, Command, frozen=True, kw_only=True):
    """Say in the log that an element is about to be told. Nothing happens for a version that is superseded or told."""

    version: Count
    attempt: Count
    element_id: str


class EndAttempt(OfLine, Command, frozen=True, kw_only=True):
    """What the element answered. Nothing happens for a version that is superseded."""

    version: Count
    attempt: Count
    outcome: Outcome
    answer: str = ""


class AccessCauseSet(OfLine, Event, frozen=True, kw_only=True):
    """A cause asks for this from now on; for nothing any more without steps."""

    cause: str
    steps: list[AccessStep] = []


class AccessWanted(OfLine, Event, frozen=True, kw_only=True):
    """The line is to have this. `why` are the causes that ask for it; `reason` why it is told once more unchanged."""

    state: AccessState
    version: Count
    profile: Rates | None = None
    why: list[str] = []
    reason: str = ""


class AccessUnchanged(OfLine, Event, frozen=True, kw_only=True):
    """Steps have begun, and together they ask for what the line has."""


class ElementAssigned(OfLine, Event, frozen=True, kw_only=True):
    """The line is served by that element; by the only one there is where it is `None`."""

    element_id: str | None = None


class AttemptStarted(OfLine, Event, frozen=True, kw_only=True):
    """The element is about to be told. Without an outcome nobody knows whether it was: it is told again, which changes
    nothing where it was."""

    version: Count
    attempt: Count
    element_id: str


class AttemptEnded(OfLine, Event, frozen=True, kw_only=True):
    """The element acknowledged, refused or was silent; `answer` is what it said."""

    version: Count
    attempt: Count
    outcome: Outcome
    answer: str = ""
