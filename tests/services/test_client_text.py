"""What a client may call things: ids that a path can hold, and names that can be stored and shown."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from services.invoicing.billing_run.api import BillingRunBody
from services.payments.payment.bodies import PaymentBody
from services.rating.account.api import AccountBody
from services.rating.billing_cycle.api import CycleDefinition
from services.rating.plan.bodies import PlanBody
from services.rating.subscription.api import SubscriptionBody
from services.reporting.identity.models import NewKeyBody
from services.usage.formats.contract import Problem, ReportedRecord
from services.usage.record.admission import admit
from services.usage.resource.api import _check_resource_id
from shared.engine.settings import Settings
from shared.http.vault import Vault
from shared.kernel.bodies import IdText
from shared.kernel.errors import Rejection
from shared.kernel.ids import check_id

BODIES: list[type[BaseModel]] = [
    AccountBody,
    CycleDefinition,
    PlanBody,
    SubscriptionBody,
    PaymentBody,
    BillingRunBody,
]
NAMED: list[type[BaseModel]] = [AccountBody, CycleDefinition, PlanBody, NewKeyBody]


def refused(body: type[BaseModel], **given: Any) -> set[str]:
    """The fields of those given that a body refuses."""
    with pytest.raises(ValidationError) as caught:
        body.model_validate(given)
    return {str(error["loc"][0]) for error in caught.value.errors()} & set(given)


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("step", [".", ".."])
def test_nothing_is_called_as_a_step_of_a_path(body: type[BaseModel], step: str) -> None:
    assert refused(body, id=step) == {"id"}


@pytest.mark.parametrize("text", ["...", "a.b", ".a", "..a", "a..", "-", "0"])
def test_dots_are_fine_in_an_id(text: str) -> None:
    assert TypeAdapter(IdText).validate_python(text) == check_id(text, "/id") == text


@pytest.mark.parametrize("text", [".", "..", "", "a/b", "a\n", "x" * 65])
def test_what_is_no_id_in_a_body_is_none_elsewhere(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(IdText).validate_python(text)
    with pytest.raises(Rejection, match="is not an id"):
        check_id(text, "/id")


@pytest.mark.parametrize("resource_id", ["..", "mac:1/../2", "../internal", "a\\..\\b", "./a", "a/.."])
def test_a_resource_has_no_step_in_its_id(resource_id: str) -> None:
    with pytest.raises(Rejection) as caught:
        _check_resource_id(resource_id)
    assert (caught.value.code, caught.value.pointer) == ("invalid", "/id")


@pytest.mark.parametrize("resource_id", ["ifindex:olt/1", "a..b", "mac:..:1", "..."])
def test_a_resource_may_have_slashes_and_dots(resource_id: str) -> None:
    _check_resource_id(resource_id)


@pytest.mark.parametrize("field", ["id", "source"])
@pytest.mark.parametrize("step", [".", ".."])
def test_a_record_that_no_path_could_name_is_put_aside(field: str, step: str) -> None:
    named: dict[str, Any] = {"source": "olt-12", "id": "r1"} | {field: step}
    started_at = "2026-11-23T01:00:00Z"
    wire = ReportedRecord(**named, resource="mac:1", meter="data.octets", quantity="7", started_at=started_at)
    problem = admit(wire, 1, "")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.pointer) == ("schema_violation", f"/{field}")


@pytest.mark.parametrize("body", NAMED)
@pytest.mark.parametrize("odd", ["\0", "\x1b", "\n", "\x7f", "\x85", "\ud800"])
def test_a_name_has_no_character_that_could_not_be_stored_or_shown(body: type[BaseModel], odd: str) -> None:
    assert refused(body, name=f"Ann{odd}Example") == {"name"}


@pytest.mark.parametrize("odd", ["\0", "\udfff"])
async def test_nothing_of_the_kind_is_ever_sealed(odd: str) -> None:
    """The vault refuses before it looks for a key, so whatever field comes next is safe as well."""
    with pytest.raises(Rejection) as caught:
        await Vault(Settings()).seal("acc-1", f"Ann{odd}Example")
    assert caught.value.code == "invalid"
