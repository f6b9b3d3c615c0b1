/** Disputes, as data for the list kit: those that wait for a decision first. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";
import type { Dispute, DisputePage } from "./queries";

const actions: Actions<Dispute> = {
  links: [],
  commands: { resolve: { icon: "check", label: "dispute.resolve", when: ({ status }) => status === "open", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ResolveDrawer })) } },
};

export const disputeList: ListSpec<Dispute, DisputePage, NonNullable<Question<"/v1/disputes">>, "disputes"> = {
  name: "disputes",
  words: "disputes",
  icon: "check",
  read: (query, signal) => answer(api.GET("/v1/disputes", { params: { query }, signal })),
  tabs: [
    { id: "open", query: { status: ["open"], sort: "opened_on" }, counted: true, icon: "checkCircle" },
    { id: "accepted", query: { status: ["accepted"], sort: "-opened_on" } },
    { id: "rejected", query: { status: ["rejected"], sort: "-opened_on" } },
    { id: "all", query: { sort: "-opened_on" } },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["dispute.from", "dispute.to"] },
    { kind: "linked", name: "account_id", label: "disputes.account_is", drop: "disputes.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "invoice", title: "dispute.invoice", render: ({ invoice_id }) => <Link to={`/invoices/${encodeURIComponent(invoice_id)}`} dir="ltr">{invoice_id}</Link> },
    { id: "account", title: "dispute.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "status", title: "dispute.status", render: ({ status }) => <StatusTag kind="dispute" status={status} /> },
    { id: "reason", title: "dispute.reason", render: ({ reason }) => <span dir="auto">{reason}</span> },
    money("amount", "dispute.amount", { sort: "amount" }),
    money("accepted", "dispute.accepted"),
    money("covered", "dispute.covered", { extra: true }),
    date("opened_on", "dispute.opened_on", { sort: "opened_on" }),
    date("resolved_on", "dispute.resolved_on"),
    { id: "resolution", title: "dispute.resolution", extra: true, render: ({ resolution }) => (resolution ? <span dir="auto">{resolution}</span> : <Nothing />) },
    code("id", "dispute.id", { extra: true }),
  ],
  totals: [["amount", "dispute.amount"], ["accepted", "dispute.accepted"]],
  actions: (dispute) => <Menu dispute={dispute} />,
};

function Menu({ dispute }: { dispute: Dispute }) {
  const { t } = useI18n();
  return <ActionMenu thing={dispute} actions={actions} label={t("dispute.actions", { invoice: dispute.invoice_id })} />;
}
