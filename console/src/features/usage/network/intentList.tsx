/** What lines should have, as data for the list kit; the first tab has those that may have something else. */
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import { LineLink } from "./LineLink";
import { readIntents, subscriptionOf, type Intent } from "./queries";
import { Wanted, Why } from "./Wanted";

type Row = Intent & { id: string };

export const intentList: ListSpec<Row, Awaited<ReturnType<typeof readIntents>>, Question<"/v1/network-intents">, "network"> = {
  name: "network",
  words: "network",
  icon: "service",
  read: readIntents,
  tabs: [
    { id: "differs", query: { state: ["pending", "sent", "refused", "timed_out"], sort: "wanted_at" }, counted: true, icon: "checkCircle" },
    { id: "failed", query: { state: ["refused", "timed_out"], sort: "wanted_at" }, counted: true, icon: "checkCircle" },
    { id: "told", query: { state: ["acknowledged"], sort: "-wanted_at" } },
    { id: "all", query: { sort: "-wanted_at" } },
  ],
  filters: [
    { kind: "text", name: "resource_id", label: "network.search", max: 255 },
    { kind: "text", name: "element_id", label: "network.element", max: 64 },
    { kind: "choice", name: "desired", label: "network.desired", options: [["open", "status.access.open"], ["throttled", "status.access.throttled"], ["blocked", "status.access.blocked"]], many: true },
  ],
  columns: [
    { id: "resource_id", title: "network.resource", sort: "resource_id", render: ({ resource_id }) => <LineLink resource={resource_id} /> },
    { id: "desired", title: "network.desired", render: (intent) => <Wanted desired={intent.desired} profile={intent.profile} /> },
    { id: "why", title: "network.why", render: ({ why }) => (why.length === 0 ? <Nothing /> : <Why why={why} />) },
    { id: "state", title: "network.state", render: ({ state }) => <StatusTag kind="network" status={state} /> },
    { id: "element_id", title: "network.element", render: ({ element_id }) => (element_id === null ? <Nothing /> : <span dir="ltr">{element_id}</span>) },
    { id: "answer", title: "network.answer", render: ({ answer }) => (answer ? <span className="small" dir="auto">{answer}</span> : <Nothing />) },
    count("attempts", "network.attempts"),
    instant("wanted_at", "network.wanted_at", { sort: "wanted_at" }),
    instant("sent_at", "network.sent_at", { extra: true }),
    instant("answered_at", "network.answered_at", { extra: true }),
    { id: "reason", title: "network.reason", extra: true, render: ({ reason }) => reason || <Nothing /> },
    count("version", "network.version", { extra: true }),
  ],
  totals: [],
  actions: ({ resource_id }) => <OpenLine resource={resource_id} />,
};

function OpenLine({ resource }: { resource: string }) {
  const { t } = useI18n();
  const subscription = subscriptionOf(resource);
  return subscription === null ? null : <Link className="button quiet icon" to={`/services/${encodeURIComponent(subscription)}?view=network`} aria-label={t("network.open", { id: subscription })}><Icon name="right" /></Link>;
}
