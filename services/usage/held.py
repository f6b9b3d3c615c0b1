"""What of usage is open to callers who are held to legal entities.

A resource is of the account that it was assigned to last; one that never was is free for everybody to assign. What
others did with it before is left out, and nobody who is held moves the usage of other days. Sources, files, what is
reported and what is set aside are the operator's: records say whose they are once they count.
"""

from __future__ import annotations

from typing import Final

from shared.engine.held import Holding

_REPORTED: Final = (
    "whose usage is reported is known only once it is counted; report it with a key that is held to no legal entity"
)
HOLDING: Final = Holding(
    accounts="select account_id, legal_entity from account_entity",
    rows={
        "resource": """
            not exists (select 1 from every_assignment x where x.resource_id = t.id)
            or exists (select 1 from every_assignment x where x.resource_id = t.id and own(x.account_id)
                          and x.valid_from = (select max(y.valid_from) from every_assignment y
                                               where y.resource_id = t.id))""",
        "network_intent": "t.resource_id in (select id from resource)",
        "line_element": "t.resource_id in (select id from resource)",
    },
    common=frozenset({"meter", "network_element"}),
    why_closed=dict.fromkeys(("/v1/usage/records", "/v1/usage/files"), _REPORTED),
    things={"resource_id": "resource.id"},
    narrow=frozenset({"/v1/resources/*"}),
    closed=frozenset({"/v1/resources/{resource_id:path}/reassignments"}),
    lists=frozenset(
        {
            *("/v1/meters", "/v1/meters/*", "/v1/resources", "/v1/usage/sessions", "/v1/network-intents"),
            "/v1/usage/quarantine",
            *("/v1/network-elements", "/v1/network-elements/*"),
        }
    ),
)
