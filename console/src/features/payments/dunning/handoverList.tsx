/** What is with collection agencies, as data for the list kit: what they have to collect, then what was taken back. */
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { HandedInvoices } from "./HandedInvoices";
import { casePath } from "./queries";

export type HandoverPage = Answer<"/v1/dunning/handovers">;
export type Handover = HandoverPage["items"][number];

export const handoverList: ListSpec<Handover, HandoverPage, Question<"/v1/dunning/handovers">, "handovers"> = {
  name: "handovers",
  words: "handovers",
  icon: "external",
  read: (query, signal) => answer(api.GET("/v1/dunning/handovers", { params: { query }, signal })),
  tabs: [
    { id: "handed_over", query: { status: ["handed_over"], sort: "-handed_on" }, counted: true },
    { id: "withdrawn", query: { status: ["withdrawn"], sort: "-handed_on" } },
    { id: "all", query: { sort: "-handed_on" } },
  ],
  filters: [
    { kind: "dates", from: "from", to: "to", labels: ["handover.from", "handover.to"] },
    { kind: "linked", name: "agency", label: "handovers.agency_is", drop: "handovers.drop_agency", max: 64, many: true },
    { kind: "linked", name: "account_id", label: "handovers.account_is", drop: "handovers.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "account", title: "dunning.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "status", title: "handover.status", render: ({ status }) => <StatusTag kind="handover" status={status} /> },
    code("agency", "handover.agency"),
    money("left", "handover.left", { sort: "left" }),
    money("handed", "handover.handed"),
    { id: "invoices", title: "handover.invoices", render: ({ invoices }) => <HandedInvoices of={invoices} /> },
    date("handed_on", "handover.handed_on", { sort: "handed_on" }),
    date("withdrawn_on", "handover.withdrawn_on"),
    code("id", "handover.id", { extra: true }),
  ],
  totals: [["amount", "handover.handed"], ["left", "handover.left"]],
  actions: (one) => <HandoverMenu one={one} />,
};

function HandoverMenu({ one }: { one: Handover }) {
  const { t } = useI18n();
  return <ActionMenu thing={{ ...one, allowed_actions: [] }} actions={{ links: [], commands: {} }} label={t("handover.actions", { id: one.account_id })} open={{ to: casePath(one.case_id), icon: "clock" }} />;
}
