/** The list of credit notes, as data for the list kit. */
import { Link } from "react-router";
import { answer, api, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { CopyButton } from "../../../ui/CopyButton";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { creditNotePath, creditReasons, type CreditNote, type CreditNotePage } from "../corrections/queries";
import { invoicePath } from "../queries";
import { noteActions, useWithActions } from "./actions";

export const creditNoteList = (maySend: boolean): ListSpec<CreditNote, CreditNotePage, Question<"/v1/credit-notes">, "credits"> => ({
  name: "credit-notes",
  words: "credits",
  icon: "invoice",
  read: (query, signal) => answer(api.GET("/v1/credit-notes", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-number" }, counted: true },
    { id: "locked", query: { status: ["locked"], sort: "-number" } },
  ],
  filters: [
    { kind: "text", name: "number", label: "credits.search", max: 64 },
    { kind: "choice", name: "reason", label: "credit.reason", options: creditReasons.map((reason) => [reason, `credit_reason.${reason}`] as const), many: true },
    { kind: "dates", from: "from", to: "to", labels: ["invoices.issued_from", "invoices.issued_to"] },
    { kind: "linked", name: "invoice_id", label: "credits.invoice_is", drop: "credits.drop_invoice", max: 64, many: true },
    { kind: "linked", name: "account_id", label: "invoices.account_is", drop: "invoices.drop_account", max: 64, many: true },
  ],
  columns: [
    { id: "number", title: "credit.number", sort: "number", render: (note) => <NumberCell note={note} /> },
    { id: "status", title: "credit.status", render: ({ status }) => <StatusTag kind="invoice" status={status} /> },
    { id: "invoice", title: "credit.invoice", render: ({ invoice_id, invoice_number }) => <Link className="number nowrap" to={invoicePath(invoice_id)} dir="ltr">{invoice_number}</Link> },
    { id: "account", title: "invoice.customer", render: ({ account_id }) => <CustomerName id={account_id} link /> },
    { id: "reason", title: "credit.reason", render: ({ reason }) => <Reason reason={reason} /> },
    date("issued_on", "credit.issued_on", { sort: "issued_on" }),
    money("net", "invoice.net", { extra: true }),
    money("tax", "invoice.tax", { extra: true }),
    money("total", "credit.total", { sort: "total" }),
    code("id", "invoice.id", { extra: true }),
  ],
  totals: [["amount", "credits.total"]],
  actions: (note) => <Menu note={note} maySend={maySend} />,
});

function NumberCell({ note: { id, number } }: { note: CreditNote }) {
  return <span className="reveal nowrap"><Link className="number" to={creditNotePath(id)} dir="ltr">{number ?? id}</Link><CopyButton text={number ?? id} /></span>;
}

export function Reason({ reason }: { reason: string }) {
  return useLabel()(`credit_reason.${reason}`, reason);
}

function Menu({ note, maySend }: { note: CreditNote; maySend: boolean }) {
  const { id, number } = note;
  const { t } = useI18n();
  return <ActionMenu thing={useWithActions(note, maySend)} actions={noteActions} label={t("invoice.actions", { number: number ?? id })} open={{ to: creditNotePath(id), icon: "invoice" }} />;
}
