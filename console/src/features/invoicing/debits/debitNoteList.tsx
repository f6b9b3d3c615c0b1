/** The list of debit notes, as data for the list kit. A debit note is an invoice, and its own page is the invoice's. */
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { CopyButton } from "../../../ui/CopyButton";
import { code, date, money } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { CustomerName } from "../../../ui/Named";
import { StatusTag } from "../../../ui/StatusTag";
import { creditReasons } from "../corrections/queries";
import { Reason } from "../credits/creditNoteList";
import { invoicePath } from "../queries";

type DebitNotePage = Answer<"/v1/debit-notes">;
type DebitNote = DebitNotePage["items"][number];

export const debitNoteList: ListSpec<DebitNote, DebitNotePage, Question<"/v1/debit-notes">, "debits"> = {
  name: "debit-notes",
  words: "debits",
  icon: "invoice",
  read: (query, signal) => answer(api.GET("/v1/debit-notes", { params: { query }, signal })),
  tabs: [
    { id: "all", query: { sort: "-number" }, counted: true },
    { id: "void", query: { status: ["void"], sort: "-number" } },
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
    date("due_on", "invoice.due_on"),
    money("net", "invoice.net", { extra: true }),
    money("tax", "invoice.tax", { extra: true }),
    money("total", "credit.total", { sort: "total" }),
    code("id", "invoice.id", { extra: true }),
  ],
  totals: [["amount", "debits.total"]],
  actions: (note) => <Menu note={note} />,
};

function NumberCell({ note: { id, number } }: { note: DebitNote }) {
  return <span className="reveal nowrap"><Link className="number" to={invoicePath(id)} dir="ltr">{number ?? id}</Link><CopyButton text={number ?? id} /></span>;
}

/** What can be done with it is on its page, which is an invoice's. */
function Menu({ note: { id, number } }: { note: DebitNote }) {
  const { t } = useI18n();
  return <ActionMenu thing={{ allowed_actions: [] }} actions={{ links: [], commands: {} }} label={t("invoice.actions", { number: number ?? id })} open={{ to: invoicePath(id), icon: "invoice" }} />;
}
