"""Lists as somebody set them up and named them.

GET    /v1/saved-views?list=invoices                                    one's own, and those that others share
POST   /v1/saved-views {"list": "invoices", "name": "Late", "query": "overdue=true&sort=-due_on", "shared": false}
DELETE /v1/saved-views/{id}                                             its owner, or an admin
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field, StrictBool, StringConstraints

from services.reporting.saved_view import rows
from services.reporting.saved_view.rows import PER_OWNER_MAX, IdTaken, SavedView, TooManyViews
from shared.http.actions import ActionShape, action
from shared.http.answer import Answer
from shared.http.api import Api, caller_of
from shared.http.auth import READERS, Caller
from shared.http.listing import Filter, Listing
from shared.http.openapi import takes
from shared.http.pages import Page
from shared.http.parameters import listed
from shared.http.problems import key_reused, not_found
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.errors import Rejection

ListName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_./-]*$", max_length=64)]
ViewName = Annotated[PrintableText, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class NewSavedView(Body):
    """`query` is the query string of the page, without the number of the page."""

    list: ListName
    name: ViewName
    query: PrintableText = Field(max_length=4000)
    shared: StrictBool = False


class SavedViewShape(BaseModel):
    """`owner` is who saved it, as in the audit trail; `version` counts how often it was saved otherwise."""

    id: str
    list: str
    name: str
    query: str
    shared: bool
    owner: str
    version: int
    allowed_actions: Sequence[ActionShape]


class SavedViewPage(Page):
    items: list[SavedViewShape]


VIEWS: Final = Listing(
    source="durable.saved_view",
    tiebreak="view_id",
    filters={"list": Filter("list", multiple=False), "shared": Filter("shared", kind="boolean")},
    sorts={"name": "lower(name)", "list": "list"},
    default_sort="name",
)
VISIBLE: Final = "(shared or owner = {value})"


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    readers = [api.roles(*READERS)]

    @routes.get("/v1/saved-views", **listed(api, VIEWS, SavedViewPage))
    async def list_saved_views(request: Request) -> Response:
        """One's own views and those that others share, by name. Whoever is held to legal entities sees their own: the
        query of another's may name what is not theirs."""
        caller = caller_of(request)
        which = VISIBLE if caller.legal_entities is None else "owner"
        return await VIEWS.fetch(
            request, api, shape=lambda row: _shape(_view(row), caller), where={which: caller.actor}
        )

    @routes.post(
        "/v1/saved-views",
        status_code=201,
        dependencies=readers,
        response_model=SavedViewShape,
        responses={200: {"model": SavedViewShape, "description": "It takes the place of the view of that name."}},
        openapi_extra=takes("Idempotency-Key"),
    )
    async def save_view(body: NewSavedView, request: Request) -> Response:
        """Save a list's filter, order and columns under a name; a view of one's own of that name is replaced (200)."""
        caller = caller_of(request)
        view = SavedView(view_id=api.new_id(request, "saved-view"), owner=caller.actor, **body.model_dump())
        try:
            saved = await rows.save(api.db, view)
        except TooManyViews as error:
            detail = f"you have {PER_OWNER_MAX} saved views; delete one that you no longer need"
            raise Rejection("too_many_views", detail, status=409) from error
        except IdTaken as error:
            raise key_reused() from error
        return Answer(_shape(saved.view, caller), status_code=201 if saved.is_new else 200)

    @routes.delete("/v1/saved-views/{view_id}", status_code=204, dependencies=readers)
    async def delete_saved_view(view_id: str, request: Request) -> Response:
        """Delete a view: its owner, or an admin."""
        caller = caller_of(request)
        view = await rows.find(api.db, view_id)
        seen = view is not None and view.shared and caller.legal_entities is None
        if view is None or not (seen or _may_delete(view, caller)):
            raise not_found("saved view", view_id)
        if not _may_delete(view, caller):
            raise Rejection("forbidden", _NOT_YOURS, status=403)
        await rows.delete(api.db, view_id)
        return Response(status_code=204)

    return routes


_NOT_YOURS: Final = "somebody else's view; its owner or an admin may delete it"


def _may_delete(view: SavedView, caller: Caller) -> bool:
    return view.owner == caller.actor or caller.role == "admin"


def _view(row: Any) -> SavedView:
    return SavedView(**{name: row[name] for name in SavedView.__struct_fields__})


def _shape(view: SavedView, caller: Caller) -> dict[str, Any]:
    same = {name: getattr(view, name) for name in ("list", "name", "query", "shared", "owner", "version")}
    allowed = action("delete", why_not=None if _may_delete(view, caller) else _NOT_YOURS)
    return {"id": view.view_id, **same, "allowed_actions": [allowed]}
