"""What requests about webhooks ask, and what they are answered."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field, StrictBool, StrictInt, StringConstraints

from services.reporting.webhook.endpoints import OVERLAP_HOURS_MAX
from services.reporting.webhook.filters import PATTERN_PATTERN, PATTERNS_MAX
from services.reporting.webhook.receivers import URL_LENGTH_MAX
from shared.http.actions import ActionShape
from shared.http.pages import Page
from shared.kernel.bodies import Body, IdText, Instant, PrintableText

Pattern = Annotated[str, StringConstraints(pattern=PATTERN_PATTERN, min_length=1, max_length=100)]
Url = Annotated[str, StringConstraints(min_length=1, max_length=URL_LENGTH_MAX)]
Status = Literal["waiting", "delivered", "failed", "skipped"]


class NewEndpointBody(Body):
    """`events`: types, such as `invoicing.InvoiceIssued.v1`, or the beginning of some: `payments.*`, `*`."""

    id: IdText | None = None
    url: Url
    events: list[Pattern] = Field(min_length=1, max_length=PATTERNS_MAX)
    description: PrintableText = Field(default="", max_length=200)


class EndpointChanges(Body):
    """What is left out stays."""

    url: Url | None = None
    events: list[Pattern] | None = Field(default=None, min_length=1, max_length=PATTERNS_MAX)
    description: PrintableText | None = Field(default=None, max_length=200)


class EnableBody(Body):
    """`skip_missed`: what happened while it was disabled is not told, nor is what waited."""

    skip_missed: StrictBool = False


class RotateSecretBody(Body):
    """For how long the secret before signs beside the new one; 0: not at all."""

    overlap_hours: StrictInt = Field(default=24, ge=0, le=OVERLAP_HOURS_MAX)


class SampleBody(Body):
    """`type`: the newest event of that type is sent; without it, something that is no event of the log."""

    type: Pattern | None = None


class ReplayEventsBody(Body):
    """`from` is included, `to` is not: instants at which events were recorded. `types` as `events` of an endpoint;
    without them those of the endpoint."""

    start: Instant = Field(alias="from")
    end: Instant = Field(alias="to")
    types: list[Pattern] | None = Field(default=None, min_length=1, max_length=PATTERNS_MAX)


class ReplayDeliveriesBody(Body):
    """Deliveries of an endpoint that are through: all, or those of these states and types that were made in a while."""

    endpoint_id: IdText
    status: list[Literal["delivered", "failed", "skipped"]] = Field(default=[], max_length=3)
    types: list[Pattern] = Field(default=[], max_length=PATTERNS_MAX)
    start: Instant | None = Field(default=None, alias="from")
    end: Instant | None = Field(default=None, alias="to")


class EndpointView(BaseModel):
    """`status`: `resting` where calls failed, or the receiver asked to wait, until `rest_until`. `waiting` deliveries
    are not through yet. `disabled_because`: `asked`, `gone` (it answered 410), `failing` (for three days)."""

    id: str
    url: str
    description: str
    events: list[str]
    status: Literal["enabled", "resting", "disabled"]
    disabled_at: AwareDatetime | None
    disabled_because: Literal["asked", "gone", "failing"] | None
    waiting: int
    failed: int
    failures: int
    failing_since: AwareDatetime | None
    rest_until: AwareDatetime | None
    delivered_at: AwareDatetime | None
    rotated_at: AwareDatetime | None
    previous_until: AwareDatetime | None
    created_by: str
    created_at: AwareDatetime
    version: int
    allowed_actions: list[ActionShape]


class NewEndpointView(EndpointView):
    secret: str = Field(description="It verifies what is sent. It is not shown again.")


class EndpointPage(Page):
    items: list[EndpointView]


class EventType(BaseModel):
    type: str
    service: str


class EventTypeList(BaseModel):
    items: list[EventType]
    total: int


class AttemptView(BaseModel):
    """`code`: the HTTP status, or `timeout`, `no_connection`, `address_refused`, `process_ended`. `answer`: its first
    bytes. `outcome` is null while it is under way."""

    n: int
    started_at: AwareDatetime
    finished_at: AwareDatetime | None
    outcome: Literal["delivered", "failed", "unknown"] | None
    code: str | None
    answer: str | None
    duration_ms: int | None


class DeliveryView(BaseModel):
    """`message_id` is the `webhook-id` that the receiver gets. `due_at`: when the next attempt follows."""

    id: str
    endpoint_id: str
    event_id: str | None
    message_id: str
    type: str
    account_id: str | None
    sample: bool
    status: Status
    attempts: int
    code: str | None
    due_at: AwareDatetime | None
    created_at: AwareDatetime
    finished_at: AwareDatetime | None
    allowed_actions: list[ActionShape]


class DeliveryWithAttempts(DeliveryView):
    """The last 100 attempts, the newest first."""

    attempt_log: list[AttemptView]


class DeliveryPage(Page):
    items: list[DeliveryView]


class ReplayedView(BaseModel):
    """`left`: more than may wait at once; ask again when these are through."""

    deliveries: int
    left: int
