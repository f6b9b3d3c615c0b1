"""Reporting, put together: which folder writes what of which log, and has which tables and paths.

    project(connection, "invoicing.events", 3, [Applied(InvoiceIssued(...), envelope, 1842), ...])

It decides nothing, so a folder is a view: its tables, rows and paths. Rows are written by one (topic, partition) each,
and joined in views only; the projection has no clock and no chance, so a rebuild gives the same rows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from fastapi import APIRouter

from services.invoicing import events as invoicing
from services.payments import events as payments
from services.rating import events as rating
from services.reporting.audit import api as audit_api
from services.reporting.audit import by_day as events_by_day
from services.reporting.audit import rows as audit
from services.reporting.charge import rows as charge
from services.reporting.credit_note import rows as credit_note
from services.reporting.customer import api as customer_api
from services.reporting.customer import by_day as accounts_by_day
from services.reporting.customer import rows as customer
from services.reporting.customer import settings_api as customer_settings_api
from services.reporting.customer.names import CustomerNames
from services.reporting.customer_link import api as customer_link_api
from services.reporting.customer_link import letters as customer_letters
from services.reporting.customer_page import api as customer_page_api
from services.reporting.dead_letter import api as dead_letter_api
from services.reporting.dead_letter import rows as dead_letter
from services.reporting.delivery import rows as delivery
from services.reporting.dunning import policy_rows as dunning_policy
from services.reporting.dunning import restriction_rows as service_restriction
from services.reporting.dunning import rows as dunning
from services.reporting.export import api as export_api
from services.reporting.export import work as export
from services.reporting.exposure import rows as exposure
from services.reporting.held import HOLDING
from services.reporting.identity import exchange_api, keys_api, own_api, roles_api, session_api, users_api
from services.reporting.identity.link_letters import write_link
from services.reporting.identity.passkey import api as passkey_api
from services.reporting.identity.provider import api as provider_api
from services.reporting.invoice import api as invoice_api
from services.reporting.invoice import rows as invoice
from services.reporting.invoice_list import rows as invoice_list
from services.reporting.invoiced import rows as invoiced
from services.reporting.job import api as job_api
from services.reporting.job.runner import Runner
from services.reporting.journal import api as journal_api
from services.reporting.journal import export_api as journal_export_api
from services.reporting.journal import projecting as journal
from services.reporting.journal import trial_balance_api
from services.reporting.mail import api as mail_api
from services.reporting.mail.sending import MailSender
from services.reporting.overview import api as overview_api
from services.reporting.overview import next_runs_api, set_aside_api
from services.reporting.payment import by_day as payments_by_day
from services.reporting.payment import owed_by_day
from services.reporting.payment import rows as payment
from services.reporting.personal_read import api as personal_read_api
from services.reporting.personal_read.taking_over import run_taking_over
from services.reporting.plan import rows as plan
from services.reporting.processes.webhooks import run_webhooks
from services.reporting.rated_usage import ageing as rated_ageing
from services.reporting.rated_usage import retracted as rated_retracted
from services.reporting.rated_usage import rows as rated_usage
from services.reporting.reconciliation import api as reconciliation_api
from services.reporting.recurring import rows as recurring
from services.reporting.report import api as report_api
from services.reporting.report import rows_api
from services.reporting.resource import api as resource_api
from services.reporting.resource import rows as resource
from services.reporting.saved_view import api as saved_view_api
from services.reporting.schedule import api as schedule_api
from services.reporting.schedule.letters import write_report
from services.reporting.schedule.working import run_schedules
from services.reporting.search import api as search_api
from services.reporting.source import rows as source
from services.reporting.spend_cap import rows as spend_cap
from services.reporting.stream import api as stream_api
from services.reporting.subject_access import api as subject_access_api
from services.reporting.subject_access import work as subject_access
from services.reporting.trail_export import api as trail_export_api
from services.reporting.trail_export import work as trail_export
from services.reporting.usage_record import ageing, parked, retracted, session_rows, summary_api
from services.reporting.usage_record import api as usage_record_api
from services.reporting.usage_record import rows as usage_record
from services.reporting.webhook import deliveries_api as webhook_deliveries_api
from services.reporting.webhook import endpoints_api as webhook_endpoints_api
from services.usage import events as usage
from shared.engine.postgres import Connection
from shared.engine.service import Applied, Input, ViewService
from shared.http.api import Api

_FOLDER: Final = Path(__file__).parent
# In this order: a view comes behind the tables that it joins.
_TABLES: Final = (
    *(
        "plan",
        "customer",
        "spend_cap",
        "recurring",
        "charge",
        "rated_usage",
        "usage_record",
        "source",
        "resource",
        "payment",
        "journal",
        "dunning",
        "exposure",
        "delivery",
        "invoice",
        "invoiced",
        "invoice_list",
        "credit_note",
        "audit",
        "dead_letter",
    ),
    "reconciliation",
)
_DURABLE: Final = ("identity", "saved_view", "job", "mail", "schedule", "webhook", "personal_read", "customer_link")

PROJECTION_VERSION: Final = 9
"""Raise it when a row changes its meaning while its columns stay: the tables are then built anew."""

PROJECTED: Final[Mapping[str, Sequence[Callable[[Connection, int, Sequence[Applied]], Awaitable[None]]]]] = {
    "usage.events": (
        *(usage_record.project, retracted.project, session_rows.project, source.project),
        *(resource.project, ageing.project),
    ),
    # A charge looks up the time zone of its account.
    "rating.events": (
        *(
            plan.project,
            customer.project,
            accounts_by_day.project,
            recurring.project,
            spend_cap.project,
            charge.project,
        ),
        *(rated_usage.project, rated_retracted.project, parked.project, rated_ageing.project),
        *(invoice_list.project_accounts, service_restriction.project),
    ),
    # The list joins what the others have written.
    "invoicing.events": (
        *(journal.project_documents, invoice.project, invoiced.project, credit_note.project, delivery.project),
        invoice_list.project,
    ),
    # What is allocated is booked on the day on which both sides were there, which the tables of payments know.
    "payments.events": (
        *(
            payment.project,
            owed_by_day.project,
            journal.project_payments,
            payments_by_day.project,
            invoice_list.project,
        ),
        *(dunning.project, dunning_policy.project),
        exposure.TABLES.projection(exposure.rows),
    ),
}


async def project(connection: Connection, topic: str, partition: int, batch: Sequence[Applied]) -> None:
    """Write the rows of a batch, in the transaction that moves the checkpoint of `topic` (without environment)."""
    for write in PROJECTED[topic]:
        await write(connection, partition, batch)
    await dead_letter.project(connection, topic, partition, batch)
    await audit.project(connection, topic, partition, batch)
    await events_by_day.project(connection, topic, partition, batch)


def router(api: Api) -> APIRouter:
    """All routes of the service."""
    routes = APIRouter()
    names = CustomerNames(api)
    for naming in (invoice_api, search_api, customer_api, export_api, schedule_api):
        routes.include_router(naming.router(api, names))
    folders = (
        *(
            summary_api,
            usage_record_api,
            resource_api,
            reconciliation_api,
            overview_api,
            next_runs_api,
            set_aside_api,
            rows_api,
            report_api,
            audit_api,
            personal_read_api,
            trail_export_api,
            subject_access_api,
            dead_letter_api,
        ),
        *(customer_link_api, customer_page_api),
        *(journal_api, trial_balance_api, journal_export_api),
        *(session_api, own_api, passkey_api, provider_api, users_api, keys_api, roles_api, exchange_api),
        *(
            saved_view_api,
            stream_api,
            job_api,
            mail_api,
            webhook_endpoints_api,
            webhook_deliveries_api,
            customer_settings_api,
        ),
    )
    for folder in folders:
        routes.include_router(folder.router(api))
    return routes


SERVICE: Final = ViewService(
    name="reporting",
    inputs=(
        Input("usage.events", usage.EVENTS),
        Input("rating.events", rating.EVENTS),
        Input("invoicing.events", invoicing.EVENTS),
        Input("payments.events", payments.EVENTS),
    ),
    project=project,
    tables=tuple(_FOLDER / name / "tables.sql" for name in _TABLES),
    durable=tuple(_FOLDER / name / "durable.sql" for name in _DURABLE),
    projection_version=PROJECTION_VERSION,
    routers=(router,),
    background=(
        Runner(
            {"export": export.run, trail_export.KIND: trail_export.run, subject_access.KIND: subject_access.run}
        ).run,
        run_schedules,
        MailSender(
            {
                **{"report": write_report, "invitation": write_link, "reset": write_link},
                customer_letters.KIND: customer_letters.write_customer_link,
            }
        ).run,
        run_webhooks,
        run_taking_over,
    ),
    holding=HOLDING,
)
