"""Network elements: what is told how much lines may do.

POST   /v1/network-elements {"id": "bng-1", "driver": "radius_coa", "address": "192.0.2.1", "secret": "…"}
PUT    /v1/network-elements/bng-1 {"driver": "radius_coa", "address": "192.0.2.2"}       If-Match; keeps the secret
POST   /v1/network-elements/bng-1/test            {"reachable": true, "answer": "Disconnect-NAK, Error-Cause 503: …"}

A secret goes in and never comes out: it is sealed under a key of the element. Only admins say what is told, for it is
told with the rights of this process.
"""

from __future__ import annotations

from typing import Annotated, Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictStr

from services.usage.network import drivers
from services.usage.network.calls.call import probe
from services.usage.network.calls.outcome import Element
from services.usage.network_element.messages import (
    ChangeNetworkElement,
    DefineNetworkElement,
    DeleteNetworkElement,
    ElementTerms,
)
from services.usage.network_element.rows import ElementRow
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS
from shared.http.listing import Filter, Listing
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.http.row_shape import RowShape
from shared.kernel.bodies import Body, IdText, PrintableText
from shared.kernel.errors import Rejection
from shared.kernel.sealed import SealedSecret

SECRET_LENGTH_MAX: Final = 200
FILE: Final = "ShapedDevices.csv"

VENDORS: Final = sorted({vendor for driver in drivers().values() for vendor in driver.vendors})
"""Of all drivers; which one takes which is said when one is defined."""

_PATH: Final = "/v1/network-elements"
_SECRET: Final = Field(
    min_length=1, max_length=SECRET_LENGTH_MAX, json_schema_extra={"format": "password", "writeOnly": True}
)


class ElementChange(Body):
    """All that is said of an element. `address`: host and port, a URL, a database's DSN or a file, by its driver.

    Without `secret` an element keeps the one it has.
    """

    driver: Annotated[StrictStr, Field(json_schema_extra={"enum": [*drivers()]})]
    address: Annotated[PrintableText, Field(max_length=500)]
    vendor: Annotated[StrictStr, Field(json_schema_extra={"enum": VENDORS})] = "generic"
    secret: Annotated[PrintableText, _SECRET] | None = None

    def terms(self) -> ElementTerms:
        """Raises `Rejection` for what no driver can take."""
        driver = drivers().get(self.driver)
        if driver is None:
            raise _not_allowed(f"a driver is one of {', '.join(drivers())}", "/driver")
        if self.vendor not in driver.vendors:
            raise _not_allowed(f"a vendor of {driver.name} is one of {', '.join(sorted(driver.vendors))}", "/vendor")
        _check_address(self.driver, self.address)
        return ElementTerms(driver=self.driver, address=self.address, vendor=self.vendor)


class ElementBody(ElementChange):
    """A network element."""

    id: IdText | None = None


_ELEMENT: Final = RowShape(ElementRow, hidden=("secret", "deleted_at"), renamed={"element_id": "id"})


@_ELEMENT.model
class ElementShape(BaseModel):
    """A network element; whether it has a secret, and never which."""

    has_secret: bool
    allowed_actions: list[ActionShape]


class ElementPage(Page):
    items: list[ElementShape]


class ProbeShape(BaseModel):
    """Whether it answered, and what. Nothing is changed there."""

    reachable: bool
    answer: str


ELEMENTS: Final = Listing(
    source="network_element",
    filters={"id": Filter("element_id"), "driver": Filter("driver")},
    sorts={"id": "element_id", "defined_at": "defined_at"},
    default_sort="id",
    tiebreak="element_id",
)
_THERE: Final = {"deleted_at is null and {value}::boolean": True}


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    admins = [api.roles("admin")]

    @routes.post(_PATH, status_code=201, response_model=ElementShape, dependencies=admins)
    async def define_element(body: ElementBody, request: Request) -> Response:
        element_id, terms = body.id or api.new_id(request, "network-element"), body.terms()
        if body.secret is None and drivers()[body.driver].needs_secret:
            raise Rejection("required", f"an element of {body.driver} has a secret", pointer="/secret")
        secret = await _sealed(api, element_id, body.secret)
        await api.command(request, DefineNetworkElement(element_id=element_id, terms=terms, secret=secret))
        return Answer(_shape(await read_element(api, element_id)), status_code=201)

    @routes.get(_PATH, **listed(api, ELEMENTS, ElementPage))
    async def elements(request: Request) -> Response:
        return await ELEMENTS.fetch(request, api, shape=_shape, where=_THERE)

    @routes.get(f"{_PATH}/{{element_id}}", response_model=ElementShape, dependencies=[api.roles(*READERS)])
    async def element(element_id: str) -> Response:
        return Answer(_shape(await read_element(api, element_id)))

    @routes.put(f"{_PATH}/{{element_id}}", response_model=ElementShape, dependencies=admins)
    async def change_element(element_id: str, body: ElementChange, request: Request) -> Response:
        terms = body.terms()
        secret = await _sealed(api, element_id, body.secret)
        await api.command(request, ChangeNetworkElement(element_id=element_id, terms=terms, secret=secret))
        return Answer(_shape(await read_element(api, element_id)))

    @routes.delete(f"{_PATH}/{{element_id}}", status_code=204, dependencies=admins)
    async def delete_element(element_id: str, request: Request) -> Response:
        await api.command(request, DeleteNetworkElement(element_id=element_id))
        return Response(status_code=204)

    @routes.post(f"{_PATH}/{{element_id}}/test", response_model=ProbeShape, dependencies=admins)
    async def test_element(element_id: str) -> Response:
        return Answer(await _tested(api, await read_element(api, element_id)))

    return routes


async def read_element(api: Api, element_id: str) -> Any:
    """Its row. Raises `not_found`."""
    row = await api.db.fetchrow(
        "select * from network_element where element_id = $1 and deleted_at is null", element_id
    )
    if row is None:
        raise not_found("network element", element_id)
    return row


async def _tested(api: Api, row: Any) -> dict[str, Any]:
    secret = "" if row["secret"] is None else await api.vault.open_secret(row["secret"])
    outcome = await probe(Element(row["element_id"], row["driver"], row["address"], row["vendor"], secret))
    # A NAS that knows no such session has understood the question.
    return {"reachable": outcome.kind == "acknowledged", "answer": outcome.answer}


async def _sealed(api: Api, element_id: str, secret: str | None) -> SealedSecret | None:
    return None if secret is None else await api.vault.seal_secret("network-element", element_id, secret)


def _shape(row: Any) -> dict[str, Any]:
    return {
        **_ELEMENT.values(row),
        "has_secret": row["secret"] is not None,
        "allowed_actions": [action(name) for name in ("update", "delete", "test", "reconcile")],
    }


def _check_address(driver: str, address: str) -> None:
    """Refuse what could never be one, and passwords where everybody reads them."""
    match driver:
        case "webhook" if not address.startswith(("https://", "http://")):
            raise Rejection("invalid", "a webhook's address begins with https:// or http://", pointer="/address")
        case "radius_sql" if not address.startswith(("postgresql://", "postgres://")):
            raise Rejection("invalid", "an address of radius_sql begins with postgresql://", pointer="/address")
        case "webhook" if "@" in address.partition("://")[2].partition("/")[0]:
            raise Rejection("invalid", "leave user and password out of the address", pointer="/address")
        case "radius_sql" if _has_password(address):
            raise Rejection("invalid", "leave the password out of the address; it is the secret", pointer="/address")
        case "shaped_devices" if not (address.startswith("/") and address.endswith(f"/{FILE}") and ".." not in address):
            raise Rejection("invalid", f"an absolute path that ends in /{FILE}", pointer="/address")
        case _ if not address:
            raise Rejection("required", "say where the element is", pointer="/address")


def _has_password(address: str) -> bool:
    """Before the host, or among the parameters."""
    names = [name.lower() for name, _ in parse_qsl(address.partition("?")[2], keep_blank_values=True)]
    return ":" in address.partition("://")[2].rpartition("@")[0] or any("password" in name for name in names)


def _not_allowed(detail: str, pointer: str) -> Rejection:
    return Rejection("not_allowed", detail, pointer=pointer)
