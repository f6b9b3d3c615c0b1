"""Prices that take the places of a published version's: what may differ, and the plan with them. Pure.

    published   [flat 20.00, per_unit 0.10 data.octets]
    corrected   [flat 20.00, per_unit 0.08 data.octets]          or graduated, of the same meter

A price of usage may be of another model, as long as what it measures was kept: sums and counts of the same meters are.
A price for time has the same interval, billing and proration: its charges keep their days and shares.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from services.rating.plan.prices import check_measures, check_prices
from services.rating.plan.state import Plan, PlanVersion
from services.rating.plan.stored import check_stored
from services.rating.pricing import Price
from services.rating.pricing.engine.measuring import measures_of, meters_of
from services.rating.pricing.engine.price import UnreadablePrice
from services.rating.rerating.messages import ReratingTerms
from shared.kernel.decider import View
from shared.kernel.errors import Rejection, Rejections, absent, unsupported


def check_terms(terms: ReratingTerms, view: View) -> None:
    """Refuse, each by its pointer, what cannot be rerated. Raises `Rejection`."""
    plan = view.get(Plan, terms.plan_id)
    if plan is None:
        raise absent("plan", terms.plan_id, pointer="/plan_id")
    if not 1 <= terms.version <= plan.latest:
        raise absent("plan_version", f"{terms.plan_id}/{terms.version}", pointer="/version")
    version = plan.versions[terms.version - 1]
    if version.effective_from is None:
        detail = f"version {terms.version} of {terms.plan_id} is a draft: nothing was charged by it"
        raise Rejection("version_not_published", detail, pointer="/version")
    check_prices(terms.prices, plan.currency)
    if len(terms.prices) != len(version.prices):
        detail = (
            f"version {terms.version} has {len(version.prices)} prices, not {len(terms.prices)}; give each its place"
        )
        raise Rejection("prices_differ", detail, pointer="/prices")
    check_measures(terms.prices, version.aggregation_of)
    check_stored(terms.prices, plan.currency, view)
    refused = [
        refusal
        for index, (published, price) in enumerate(zip(version.prices, terms.prices, strict=True))
        for refusal in _misfits(published, price, version, f"/prices/{index}")
    ]
    if refused:
        raise Rejections(refused)


def corrected_plan(plan: Plan, terms: ReratingTerms) -> Plan:
    """The plan with the corrected prices in the version's places."""
    versions = [
        msgspec.structs.replace(version, prices=tuple(terms.prices)) if version.version == terms.version else version
        for version in plan.versions
    ]
    return msgspec.structs.replace(plan, versions=tuple(versions))


def _misfits(published: Price, price: Price, version: PlanVersion, pointer: str) -> Iterator[Rejection]:
    if isinstance(published, UnreadablePrice):
        if price != published:
            yield unsupported(f"correcting a price of the model {published.name}", pointer=pointer)
        return
    if published.recurring != price.recurring or (published.recurring and published.once != price.once):
        detail = f"a {published.name} price is in this place; correct it by a price of the same kind, not {price.name}"
        yield Rejection("prices_differ", detail, pointer=f"{pointer}/model")
    elif published.once:
        return
    elif published.recurring:
        yield from _other_time(published, price, pointer)
    else:
        yield from _not_kept(published, price, version, pointer)


def _other_time(published: Price, price: Price, pointer: str) -> Iterator[Rejection]:
    for name in ("interval", "bill", "proration"):
        before = getattr(published.recurring_terms, name)
        if getattr(price.recurring_terms, name) != before:
            detail = (
                f"the charges were made with the {name} of version; only amounts can be corrected, leave it as it was"
            )
            yield Rejection("prices_differ", detail, pointer=f"{pointer}/{name}")


def _not_kept(published: Price, price: Price, version: PlanVersion, pointer: str) -> Iterator[Rejection]:
    if meters_of(price) != meters_of(published):
        names = ", ".join(sorted(meters_of(published)))
        yield Rejection("prices_differ", f"the price in this place measured {names}", pointer=f"{pointer}/meter")
        return
    for measure in measures_of(price, version.aggregation_of):
        if not measure.plain and measure not in version.detailed:
            detail = f"the {measure.aggregation} of {measure.meter} was not measured under this version"
            yield Rejection("not_measured", f"{detail}; sums and counts always are", pointer=f"{pointer}/model")
