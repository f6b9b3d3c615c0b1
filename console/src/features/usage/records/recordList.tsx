/** The list of usage records, as data for the list kit. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import type { Question } from "../../../lib/api";
import { Icon } from "../../../ui/Icon";
import { code } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName, MeterName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant, Nothing, Quantity } from "../../../ui/Value";
import { Reason } from "../Reason";
import { lateness_days } from "./late";
import { readRecords, recordPath, type RecordPage, type RecordRow } from "./queries";
import { filters } from "./recordFilters";

export const recordList: ListSpec<RecordRow, RecordPage, Question<"/v1/usage/records">, "usage"> = {
  name: "usage",
  words: "usage",
  icon: "info",
  read: readRecords,
  tabs: [
    { id: "all", query: {} },
    { id: "waiting", query: { state: ["accepted", "rated"] }, counted: true },
    { id: "billed", query: { state: ["billed", "late_settled"] } },
    { id: "quarantined", query: { state: ["quarantined"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "not_billed", query: { state: ["not_billable", "retracted", "corrected"] } },
    { id: "not_counted", query: { state: ["duplicate", "conflict"] } },
  ],
  filters,
  columns: [
    { id: "recorded_at", title: "usage.received", sort: "recorded_at", render: (record) => <Link to={recordPath(record)}><Instant value={record.recorded_at} seconds named={false} /></Link> },
    { id: "started_at", title: "usage.event_time", sort: "started_at", render: (record) => <EventTime record={record} /> },
    { id: "account_id", title: "usage.customer", render: ({ account_id }) => (account_id ? <CustomerName id={account_id} link /> : <Nothing />) },
    { id: "resource", title: "usage.resource", render: ({ resource }) => (resource ? <span className="clip" dir="ltr">{resource}</span> : <Nothing />) },
    { id: "meter", title: "usage.meter", render: ({ meter }) => (meter ? <MeterName id={meter} /> : <Nothing />) },
    { id: "quantity", title: "usage.quantity", sort: "quantity", align: "end", render: ({ quantity, meter }) => <Quantity value={quantity} meter={meter} /> },
    { id: "source", title: "usage.source", render: ({ source }) => <span dir="ltr">{source}</span> },
    { id: "state", title: "usage.state", render: ({ state }) => <StatusTag kind="usage" status={state} /> },
    { id: "reason", title: "usage.reason", render: ({ reason, detail }) => <Reason reason={reason} detail={detail} /> },
    code("record_id", "usage.id", { extra: true }),
    code("citation", "usage.citation", { extra: true }),
    { id: "subscription_id", title: "usage.service", extra: true, render: ({ subscription_id }) => (subscription_id ? <Link to={`/services/${encodeURIComponent(subscription_id)}`} dir="ltr">{subscription_id}</Link> : <Nothing />) },
    { id: "kind", title: "usage.kind", extra: true, render: ({ kind }) => kind ?? <Nothing /> },
  ],
  totals: [],
  actions: (record) => <OpenRecord record={record} />,
  kept: { to: "to", gone: "kept.gone" },
  exported: { list: "usage/records", formats: ["csv", "xlsx"] },
};

/** When it was used; what came days later is set off, for it may belong to a period that is closed. */
function EventTime({ record: { started_at, recorded_at } }: { record: RecordRow }) {
  const { t } = useI18n();
  const days = lateness_days(started_at, recorded_at);
  return (
    <span>
      <Instant value={started_at} seconds named={false} />
      {days > 0 && <span className="below status warning small"><Icon name="clock" size={12} /> {t("usage.late", { count: days })}</span>}
    </span>
  );
}

function OpenRecord({ record }: { record: RecordRow }) {
  const { t } = useI18n();
  return <Link className="button quiet icon" to={recordPath(record)} aria-label={t("usage.open", { id: record.record_id })}><Icon name="right" /></Link>;
}
