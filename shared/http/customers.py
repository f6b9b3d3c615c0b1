"""Customers in answers: name and details in the clear for the roles that may see them, "sealed" for the others.

await open_customers(api, request, [{"account_id": "acc-1", "name": "v1.YWNj…", "details": "v1.YWNj…"}])
# -> {"account_id": "acc-1", "name": "Ann Example", "address": {...}, "tax_id": "BE…", "email": null, "language": "en"}
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shared.http.api import caller_of
from shared.kernel.customer import CustomerFields
from shared.kernel.sealed import SEALED, Sealed

if TYPE_CHECKING:
    from fastapi import Request

    from shared.http.api import Api

__all__ = ["SEALED", "open_customers"]


async def open_customers(
    api: Api, request: Request, customers: Sequence[dict[str, Any]], *, document: bool = False
) -> None:
    """Open `name` and `details` of each, in place; `details` becomes the fields of `CustomerFields`.

    `document`: of a document that is issued, which is kept longer than a profile.
    """
    details = [customer.pop("details") for customer in customers]
    if caller_of(request).may("personal_data"):
        names = await api.vault.open_all([Sealed(customer["name"]) for customer in customers], document=document)
        opened = iter(
            await api.vault.open_all([Sealed(text) for text in details if text is not None], document=document)
        )
        known = [None if text is None else next(opened) for text in details]
    else:
        names, known = [SEALED] * len(customers), [None] * len(customers)
    for customer, name, text in zip(customers, names, known, strict=True):
        customer["name"] = name
        customer |= CustomerFields.from_text(text or "").model_dump()
