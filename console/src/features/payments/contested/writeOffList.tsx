/** What was given up, as data for the list kit; what of it comes after all is recovered. */
import { lazy } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { Nothing } from "../../../ui/Value";
import { readWriteOffs, type WriteOff, type WriteOffPage, type WriteOffQuestion } from "./queries";

const actions: Actions<WriteOff> = {
  links: [],
  commands: { recover: { icon: "left", label: "write_off.recover", Dialog: lazy(async () => ({ default: (await import("./dialogs")).RecoverDrawer })) } },
};

export const writeOffList: ListSpec<WriteOff, WriteOffPage, WriteOffQuestion, "write_offs"> = {
  name: "write_offs",
  words: "write_offs",
  icon: "void",
  read: readWriteOffs,
  tabs: [
    { id: "given_up", query: { rounding: false, sort: "-written_off_on" }, counted: true },
    { id: "rounding", query: { rounding: true, sort: "-written_off_on" } },
    { id: "all", query: { sort: "-written_off_on" } },
  ],
  filters: [
    { kind: "text", name: "reason_code", label: "write_off.reason", max: 64 },
    { kind: "dates", from: "from", to: "to", labels: ["write_off.from", "write_off.to"] },
    { kind: "linked", name: "account_id", label: "write_offs.account_is", drop: "write_offs.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "invoice", title: "write_off.invoice", render: ({ invoice_id }) => <Link to={`/invoices/${encodeURIComponent(invoice_id)}`} dir="ltr">{invoice_id}</Link> },
    { id: "account", title: "write_off.account", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "reason", title: "write_off.reason", render: ({ reason_code }) => <code dir="ltr">{reason_code}</code> },
    money("amount", "write_off.amount", { sort: "amount" }),
    money("recovered", "write_off.recovered"),
    money("left", "write_off.left"),
    date("written_off_on", "write_off.written_off_on", { sort: "written_off_on" }),
    { id: "note", title: "write_off.note", extra: true, render: ({ note }) => (note ? <span dir="auto">{note}</span> : <Nothing />) },
    code("write_off_id", "write_off.id", { extra: true }),
  ],
  totals: [["amount", "write_off.amount"], ["recovered", "write_off.recovered"]],
  actions: (one) => <Menu one={one} />,
};

function Menu({ one }: { one: WriteOff }) {
  const { t } = useI18n();
  return <ActionMenu thing={one} actions={actions} label={t("write_off.actions", { invoice: one.invoice_id })} />;
}
