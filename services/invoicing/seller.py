"""Who sells, as this deployment is set up: told with each request to issue, so that no document reads a setting.

FinaliseInvoice(invoice_id="inv-1", account_id="acc-1", seller=seller_of(api.settings))

That is the operator; accounts that are billed by a legal entity have that as their seller (issuer.py).
"""

from __future__ import annotations

from services.invoicing.invoice.messages import Seller
from shared.engine.settings import Settings


def seller_of(settings: Settings) -> Seller:
    """Each field of `Seller` is the setting of its name. Raises `AttributeError` for one that has none."""
    told = {field: getattr(settings, f"seller_{field}") for field in Seller.__struct_fields__}
    return Seller(**told)
