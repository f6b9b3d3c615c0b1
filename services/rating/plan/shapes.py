"""How plans are answered: versions with where each stands, what a price comes to, what can be done and why not.

A version is `draft`, `scheduled` (published for a day to come), `in_force`, `superseded` (a later one is) or `retired`
(the last in force of a plan that is not sold any more). A plan is `draft`, `scheduled`, `in_force` or `retired`. Today
is UTC's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

import asyncpg
from pydantic import BaseModel, WithJsonSchema

from services.rating.buckets.bodies import AllowanceShape, allowance_shape
from services.rating.fields import from_json
from services.rating.plan.decide import EARLIEST_ZONE
from services.rating.plan.prices import PlanType
from services.rating.plan.summary import Units, summaries
from shared.http.actions import ActionShape, action
from shared.http.filtering import Filter, begins
from shared.http.listing import Listing
from shared.http.pages import Page
from shared.http.schemas import named

VersionStatus = Literal["draft", "scheduled", "in_force", "superseded", "retired"]
PlanStatus = Literal["draft", "scheduled", "in_force", "retired"]


class WarningShape(BaseModel):
    """Something that is probably not meant, and forbids nothing."""

    pointer: str
    code: str
    detail: str


class FeeShape(BaseModel):
    percent: str | None
    amount: str | None


class TermShape(BaseModel):
    """How long a subscription binds that names no term; `early_termination` is what leaving before costs."""

    months: int
    notice_days: int
    early_termination: FeeShape | None


class VersionShape(BaseModel):
    """A version; `revision` counts the states of its draft and is what `If-Match` of `PUT` takes.

    `price_summary` says each price in a sentence; `tax_class` is the service's when the version was published.
    """

    version: int
    status: VersionStatus
    revision: int
    name: str
    code: str
    type: PlanType
    description: str | None
    service_id: str | None
    bandwidth_profile_id: str | None
    add_on: bool
    term: TermShape | None
    allowances: list[AllowanceShape]
    prices_include_tax: bool
    tax_class: str | None
    cloned_from: str | None
    drafted_at: datetime
    effective_from: date | None
    published_at: datetime | None
    retired_on: date | None
    prices: list[Annotated[Any, WithJsonSchema(named("Price"))]]
    price_summary: list[str]
    allowed_actions: list[ActionShape]


class PlanShape(VersionShape):
    """A plan as its latest version, with all of them in `versions`; `status` is the plan's.

    `active_subscriptions` are those that have it today, `null` in answers to writes.
    """

    id: str
    currency: str
    status: PlanStatus
    retired_on: date | None
    active_subscriptions: int | None
    versions: list[VersionShape]
    warnings: list[WarningShape]


class PlanPage(Page):
    items: list[PlanShape]


_VERSIONS: Final = """
(select json_agg(json_build_object(
            'version', w.version, 'name', w.name, 'prices', w.prices, 'terms', w.terms, 'code', w.code, 'type', w.type,
            'revision', w.revision, 'cloned_from', w.cloned_from, 'drafted_at', w.drafted_at,
            'published_at', w.published_at, 'effective_from', w.effective_from, 'tax_class', w.tax_class,
            'retired_on', w.retired_on)
        order by w.version)::text
   from plan_version_row w where w.plan_id = p.plan_id)
"""

_COLUMNS: Final = ("plan_id", "version", "name", "currency", "retired_on", "versions")

_PRICED_BY: Final = "jsonb_path_exists(prices, '$.**.meter ? (@ == $meter)', jsonb_build_object('meter', {value}))"

PLANS: Final = Listing(
    source="plan_row",
    columns=_COLUMNS,
    filters={
        "id": Filter("plan_id"),
        "name": Filter("name"),
        "q": Filter(where=f"({begins('plan_id', '{value}')} or {begins('name', '{value}')})"),
        "currency": Filter("currency"),
        "status": Filter("status", one_of=("draft", "scheduled", "in_force", "retired")),
        "type": Filter("type", one_of=("recurring", "usage", "hybrid", "one_off")),
        "code": Filter("code"),
        "service_id": Filter("service_id"),
        "bandwidth_profile_id": Filter("bandwidth_profile_id"),
        "add_on": Filter("add_on", kind="boolean"),
        # Plans are few and a price may name its meter deep inside: all are looked through.
        "meter": Filter(where=_PRICED_BY),
    },
    sorts={
        **{name: name for name in ("name", "code", "type", "status", "effective_from", "drafted_at")},
        "id": "plan_id",
    },
    default_sort="id",
    tiebreak="plan_id",
)


def plans_on(today: date) -> Listing:
    """The list of plans on a day. The day is our own text, never the caller's."""
    day = f"date '{today.isoformat()}'"
    published = "from plan_version_row w where w.plan_id = p.plan_id and w.effective_from"
    source = f"""
    (select p.plan_id, p.retired_on, v.version, v.name, v.currency, v.code, v.type, v.service_id, v.effective_from,
            v.prices, v.bandwidth_profile_id, v.drafted_at, coalesce((v.terms ->> 'add_on')::boolean, false) as add_on,
            case when p.retired_on <= {day} then 'retired'
                 when exists (select {published} <= {day}) then 'in_force'
                 when exists (select {published} > {day}) then 'scheduled'
                 else 'draft' end as status,
            {_VERSIONS} as versions
       from plan_row p
       join plan_version_row v on v.partition = p.partition and v.plan_id = p.plan_id and v.version = p.latest
    ) as plan"""
    return replace(PLANS, source=source)


def plan_shape(
    row: asyncpg.Record | Mapping[str, Any], *, now: datetime, units: Units, active: int | None
) -> dict[str, Any]:
    """A row of `plans_on` as `PlanShape`."""
    today, retired_on = now.date(), row["retired_on"]
    raw = from_json(row["versions"])
    statuses = [
        "retired" if status in ("in_force", "superseded") and _is_retired(version, today) else status
        for version, status in zip(raw, _statuses([_day(version) for version in raw], today, retired_on), strict=True)
    ]
    versions = [
        _version_shape(version, status, row["currency"], units, now=now, last=_last_published(raw))
        for version, status in zip(raw, statuses, strict=True)
    ]
    status = _status(_statuses([_day(version) for version in raw], today, retired_on), today, retired_on)
    return {
        **versions[-1],
        "id": row["plan_id"],
        "name": row["name"],
        "currency": row["currency"],
        "status": status,
        "retired_on": retired_on,
        "active_subscriptions": active,
        "versions": versions,
        "warnings": _warnings(raw[-1], units),
        "allowed_actions": _actions(versions[-1], retired_on),
    }


def version_status(days: Sequence[date | None], number: int, today: date, retired_on: date | None) -> VersionStatus:
    """Where version `number` stands today, `days` being from when each version is in force."""
    return _statuses(days, today, retired_on)[number - 1]


def _statuses(days: Sequence[date | None], today: date, retired_on: date | None) -> list[VersionStatus]:
    begun = [number for number, day in enumerate(days) if day is not None and day <= today]
    current = begun[-1] if begun else None
    retired = retired_on is not None and retired_on <= today
    found: list[VersionStatus] = []
    for number, day in enumerate(days):
        if day is None:
            found.append("draft")
        elif day > today:
            found.append("scheduled")
        elif number == current:
            found.append("retired" if retired else "in_force")
        else:
            found.append("superseded")
    return found


def _status(statuses: Sequence[VersionStatus], today: date, retired_on: date | None) -> PlanStatus:
    if retired_on is not None and retired_on <= today:
        return "retired"
    return "in_force" if "in_force" in statuses else "scheduled" if "scheduled" in statuses else "draft"


def _version_shape(
    version: dict[str, Any], status: VersionStatus, currency: str, units: Units, *, now: datetime, last: int | None
) -> dict[str, Any]:
    terms, published_at = version["terms"], version["published_at"]
    return {
        "version": version["version"],
        "status": status,
        "revision": version["revision"],
        "name": version["name"],
        "code": version["code"],
        "type": version["type"],
        **{name: terms.get(name) for name in ("description", "service_id", "bandwidth_profile_id")},
        "term": _term(terms.get("term")),
        "add_on": terms.get("add_on", False),
        "allowances": [allowance_shape(one) for one in terms.get("allowances", ())],
        "prices_include_tax": terms.get("prices_include_tax", False),
        "tax_class": version["tax_class"],
        "cloned_from": version["cloned_from"],
        "drafted_at": datetime.fromisoformat(version["drafted_at"]),
        "effective_from": version["effective_from"],
        "published_at": published_at and datetime.fromisoformat(published_at),
        "retired_on": version["retired_on"],
        "prices": version["prices"],
        "price_summary": summaries(version["prices"], currency, units),
        "allowed_actions": _version_actions(version, status, now, last),
    }


def _term(term: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if term is None:
        return None
    fee = {name: term.get(name) for name in ("percent", "amount")}
    return {
        "months": term["months"],
        "notice_days": term.get("notice_days", 30),
        "early_termination": fee if any(fee.values()) else None,
    }


def _day(version: Mapping[str, Any]) -> date | None:
    text = version["effective_from"]
    return None if text is None else date.fromisoformat(text)


def _is_retired(version: Mapping[str, Any], today: date) -> bool:
    text = version["retired_on"]
    return text is not None and date.fromisoformat(text) <= today


def _last_published(versions: Sequence[Mapping[str, Any]]) -> int | None:
    return max((v["version"] for v in versions if v["effective_from"] is not None), default=None)


def _version_actions(
    version: Mapping[str, Any], status: VersionStatus, now: datetime, last: int | None
) -> list[dict[str, Any]]:
    number, day = version["version"], _day(version)
    no_draft = None if day is None else f"version {number} is published; draft another"
    overtaken = f"version {last} is published already" if last is not None and last > number else None
    no_publication = f"version {number} is a draft" if day is None else None
    if day is not None and last != number:
        no_publication = f"version {last} is published behind it; unpublish that first"
    elif day is not None and day <= (now + EARLIEST_ZONE).date():
        no_publication = f"it is in force from {day}, which has begun"
    return [
        action("publish", why_not=no_draft or overtaken),
        action("edit", why_not=no_draft),
        action("unpublish", why_not=no_publication),
        action("retire", why_not=None if day is not None else f"version {number} is a draft"),
    ]


def _actions(latest: Mapping[str, Any], retired_on: date | None) -> list[dict[str, Any]]:
    publish, edit, unpublish, _ = latest["allowed_actions"]
    return [
        publish,
        action("retire", why_not=None if retired_on is None else f"it is retired from {retired_on}"),
        action("reactivate", why_not="it is on sale" if retired_on is None else None),
        *(edit, unpublish),
        *(action(name) for name in ("draft_version", "clone", "simulate", "compare")),
    ]


def _warnings(latest: Mapping[str, Any], units: Units) -> list[dict[str, Any]]:
    """Meters that nobody has defined: usage of one waits in quarantine as `unknown_meter` until somebody does."""
    return [
        {
            "pointer": f"/prices/{index}/meter",
            "code": "unknown_meter",
            "detail": f"nobody has defined the meter {meter}; define it, or no usage is priced by this",
        }
        for index, price in enumerate(latest["prices"])
        if (meter := price.get("meter")) is not None and meter not in units
    ]
