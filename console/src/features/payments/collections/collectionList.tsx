/** Collections through gateways, as data for the list kit: what is being collected, and why something is not. */
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { instant, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant, Nothing } from "../../../ui/Value";
import { collectionActions } from "./actions";
import { readCollections, type Collection, type CollectionPage } from "./queries";

export const collectionList: ListSpec<Collection, CollectionPage, NonNullable<Question<"/v1/collections">>, "collections"> = {
  name: "collections",
  words: "collections",
  icon: "refresh",
  read: readCollections,
  tabs: [
    { id: "under_way", query: { status: ["waiting", "calling", "pending"] }, counted: true, icon: "clock" },
    { id: "attention", query: { needs_attention: true }, counted: true, icon: "error" },
    { id: "failed", query: { status: ["failed"] } },
    { id: "late", query: { late: true }, counted: true, icon: "warning" },
    { id: "all", query: {} },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["collections.from", "collections.to"] },
    { kind: "text", name: "account_id", label: "collection.account", max: 64 },
    { kind: "linked", name: "gateway", label: "collections.gateway_is", drop: "collections.drop_gateway", max: 64 },
  ],
  columns: [
    { id: "account", title: "collection.account", render: ({ account_id }) => <Link to={`/customers/${encodeURIComponent(account_id)}`} dir="ltr">{account_id}</Link> },
    { id: "invoice", title: "collection.invoice", render: ({ invoice_id }) => (invoice_id === null ? <Nothing /> : <Link to={`/invoices/${encodeURIComponent(invoice_id)}`} dir="ltr">{invoice_id}</Link>) },
    { id: "status", title: "collection.status", render: (collection) => <Standing collection={collection} /> },
    { id: "attempts", title: "collection.attempts", align: "end", render: ({ attempts }) => <Count value={attempts} /> },
    { id: "due_at", title: "collection.due_at", render: ({ status, due_at }) => (status === "waiting" ? <Instant value={due_at} /> : <Nothing />) },
    { id: "gateway", title: "collection.gateway", render: ({ gateway }) => <span dir="ltr">{gateway}</span> },
    instant("asked_at", "collection.asked_at", { sort: "asked_at" }),
    money("amount", "collection.amount", { sort: "amount" }),
  ],
  totals: [["amount", "collection.amount"]],
  actions: (collection) => <CollectionMenu collection={collection} />,
};

/** Where it stands, and why in words: a decline, what the customer has to do, or that its money came late. */
function Standing({ collection: { status, outcome, code, late, stopping } }: { collection: Collection }) {
  const { t } = useI18n();
  const label = useLabel();
  const waits = status === "pending" && outcome === "action_required";
  const why = code && status !== "succeeded" ? label(`collection.code_${code}`, code) : null;
  return (
    <>
      <StatusTag kind="collection" status={status} />
      {waits && <span className="small muted below">{t(stopping ? "collection.being_stopped" : "collection.waits_for_customer")}</span>}
      {why && <span className="small muted below">{why}</span>}
      {status === "stopped" && <span className="small muted below" dir="auto">{label(`collection.stopped_${stopping}`, stopping)}</span>}
      {late && <span className="small muted below">{t("collection.late")}</span>}
    </>
  );
}

function CollectionMenu({ collection }: { collection: Collection }) {
  const { t } = useI18n();
  return <ActionMenu thing={collection} actions={collectionActions} label={t("collection.actions", { name: collection.account_id })} />;
}
