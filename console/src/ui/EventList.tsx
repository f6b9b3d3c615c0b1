/**
 * Facts of the billing-event log, one a row: when, what, on which aggregate, by whom; opened, its data and its cause.
 *
 * The names of events are those of the log and are not translated: they are what one searches and cites.
 */
import { Link } from "react-router";
import { useI18n } from "../lib/i18n";
import { CopyButton } from "./CopyButton";
import { Instant } from "./Value";
import "./EventList.css";

export interface LoggedEvent {
  /** Its place in the log, as it is cited: `invoicing/3/1842`. */
  id: string;
  type: string;
  aggregate_id: string;
  recorded_at: string;
  actor?: string | null;
  causation_id?: string | null;
  correlation_id?: string | null;
  data?: Readonly<Record<string, unknown>> | null;
}

export function EventList({ events, label }: { events: readonly LoggedEvent[]; label: string }) {
  return (
    <ol className="events" aria-label={label}>
      {events.map((event) => (
        <li key={event.id}>{event.data ? <OpenableEvent event={event} /> : <EventLine event={event} />}</li>
      ))}
    </ol>
  );
}

function OpenableEvent({ event }: { event: LoggedEvent }) {
  const { t } = useI18n();
  const facts = [["event.id", event.id], ["event.cause", event.causation_id], ["event.correlation", event.correlation_id]] as const;
  return (
    <details>
      <summary><EventLine event={event} /></summary>
      <dl className="event-facts small">
        {facts.map(([key, value]) => value && (
          <div key={key}>
            <dt className="muted">{t(key)}</dt>
            <dd><code>{value}</code><CopyButton text={value} /></dd>
          </div>
        ))}
      </dl>
      {/* A long document scrolls in itself, and a keyboard must reach it to scroll. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre dir="ltr" tabIndex={0} aria-label={t("event.data")}>{JSON.stringify(event.data, null, 2)}</pre>
    </details>
  );
}

export function EventLine({ event }: { event: LoggedEvent }) {
  const { service, name } = readType(event.type);
  return (
    <span className="event-line">
      <span className="event-time muted small"><Instant value={event.recorded_at} seconds named={false} /></span>
      <span className="event-what clip" dir="ltr"><span className={`event-service ${service}`}>{service}</span> {name}</span>
      <span className="event-aggregate clip small" dir="ltr"><Aggregate event={event} name={name} /></span>
      <span className="event-actor clip small muted" dir="ltr" title={event.actor ?? undefined}>{event.actor}</span>
    </span>
  );
}

function Aggregate({ event, name }: { event: LoggedEvent; name: string }) {
  // Inside <summary> a link would be a control in a control; there the page is already the aggregate's own.
  const leads = !event.data && (name.startsWith("Invoice") || name === "ReceivableOpened");
  return leads ? <Link to={`/invoices/${encodeURIComponent(event.aggregate_id)}`}>{event.aggregate_id}</Link> : <>{event.aggregate_id}</>;
}

/** `invoicing.InvoiceIssued.v1` is `InvoiceIssued` of invoicing. */
function readType(type: string): { service: string; name: string } {
  const [service = "", name] = type.split(".");
  return name ? { service, name } : { service: "", name: service };
}
