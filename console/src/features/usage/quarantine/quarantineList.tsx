/** The quarantine, as data for the list kit: what is parked, put together by what mends it. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { code, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName, MeterName } from "../../../ui/Named";
import { Nothing, Quantity } from "../../../ui/Value";
import { momentsOf } from "../moments";
import { Reason } from "../Reason";
import { recordPath } from "../records/queries";

type Page = Answer<"/v1/usage/quarantine">;
type Parked = Page["items"][number];
/** A row is named by its place in the log, as recycling and discarding name it. */
type ParkedRow = Parked & { record_id: string };
export type ParkedQuestion = Question<"/v1/usage/quarantine">;

async function read(query: ParkedQuestion, signal: AbortSignal): Promise<Omit<Page, "items"> & { items: ParkedRow[] }> {
  const page = await answer(api.GET("/v1/usage/quarantine", { params: { query: momentsOf(query) }, signal }));
  return { ...page, items: page.items.map((parked) => ({ ...parked, record_id: parked.id, id: parked.record })) };
}

export const quarantineList: ListSpec<ParkedRow, Awaited<ReturnType<typeof read>>, ParkedQuestion, "quarantine"> = {
  name: "quarantine",
  words: "quarantine",
  icon: "checkCircle",
  read,
  tabs: [
    { id: "all", query: { sort: "reason" }, counted: true, icon: "checkCircle" },
    { id: "to_assign", query: { reason: ["unknown_resource", "no_subscription"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "to_define", query: { reason: ["unknown_meter", "no_price", "unknown_source"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "times", query: { reason: ["too_late", "in_future", "counter_ambiguous"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
    { id: "malformed", query: { reason: ["malformed", "schema_violation"], sort: "recorded_at" }, counted: true, icon: "checkCircle" },
  ],
  filters: [
    { kind: "text", name: "id", label: "usage.search_id", max: 255 },
    { kind: "text", name: "source", label: "usage.search_source", max: 255 },
    { kind: "text", name: "resource", label: "usage.search_resource", max: 255 },
    { kind: "text", name: "meter", label: "usage.search_meter", max: 255 },
    { kind: "dates", from: "from", to: "to", labels: ["usage.from", "usage.to"] },
    { kind: "linked", name: "account_id", label: "usage.account_is", drop: "usage.drop_account", max: 64, many: true },
    { kind: "linked", name: "batch_id", label: "quarantine.batch_is", drop: "quarantine.drop_batch", max: 255, many: true },
  ],
  columns: [
    { id: "record", title: "quarantine.record", render: (parked) => <Record parked={parked} /> },
    { id: "reason", title: "usage.reason", sort: "reason", render: ({ reason, detail }) => <Reason reason={reason} detail={detail} /> },
    { id: "resource", title: "usage.resource", render: ({ resource }) => (resource ? <Link to={`/usage/resources?id=${encodeURIComponent(resource)}`} dir="ltr">{resource}</Link> : <Nothing />) },
    { id: "meter", title: "usage.meter", render: ({ meter }) => (meter ? <MeterName id={meter} /> : <Nothing />) },
    { id: "quantity", title: "usage.quantity", align: "end", render: ({ quantity, meter }) => <Quantity value={quantity} meter={meter} /> },
    instant("started_at", "usage.event_time", { sort: "started_at" }),
    { id: "source", title: "usage.source", render: ({ source }) => <span dir="ltr">{source}</span> },
    instant("recorded_at", "usage.received", { sort: "recorded_at" }),
    { id: "account_id", title: "usage.customer", extra: true, render: ({ account_id }) => (account_id ? <CustomerName id={account_id} link /> : <Nothing />) },
    code("id", "usage.citation", { extra: true }),
    { id: "raw", title: "quarantine.raw", extra: true, render: ({ raw }) => (raw === null ? <Nothing /> : <code className="clip" dir="ltr">{raw}</code>) },
  ],
  totals: [],
  actions: (parked) => <OpenParked parked={parked} />,
};

/** The list for those who may do something about it. */
export const mendableQuarantine: typeof quarantineList = {
  ...quarantineList,
  bulk: [
    { id: "recycle", label: "quarantine.recycle", icon: "refresh", Dialog: lazy(() => import("./RecycleDialog")) },
    { id: "discard", label: "quarantine.discard", icon: "void", Dialog: lazy(() => import("./DiscardDialog")) },
  ],
};

/** What was malformed is no record with a way: its place in the log names it. */
function Record({ parked }: { parked: ParkedRow }) {
  const isRead = parked.resource !== null && parked.record_id !== "";
  return isRead ? <Link to={recordPath(parked)} dir="ltr">{parked.record_id}</Link> : <code dir="ltr">{parked.record_id || parked.record}</code>;
}

function OpenParked({ parked }: { parked: ParkedRow }) {
  const { t } = useI18n();
  if (parked.resource === null || parked.record_id === "") return null;
  return <Link className="button quiet icon" to={recordPath(parked)} aria-label={t("usage.open", { id: parked.record_id })}><Icon name="right" /></Link>;
}
