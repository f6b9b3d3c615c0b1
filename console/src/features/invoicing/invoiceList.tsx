/** The list of invoices, as data for the list kit (ui/list/spec.ts). */
import { Link } from "react-router";
import { answer, api, type Question } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import type { ListState } from "../../lib/listState";
import { ActionMenu } from "../../ui/command/ActionMenu";
import { CopyButton } from "../../ui/CopyButton";
import { code, count, date, money, period } from "../../ui/list/columns";
import type { ListSpec } from "../../ui/list/spec";
import { StatusTag } from "../../ui/StatusTag";
import { Count, Money, Nothing } from "../../ui/Value";
import { invoiceActions } from "./actions";
import { customerName } from "./customer";
import { paymentShown } from "./overdue";
import { invoicePath, type Invoice, type InvoicePage } from "./queries";
import "./invoiceList.css";

export const invoiceList: ListSpec<Invoice, InvoicePage, Question<"/v1/invoices">, "invoices"> = {
  name: "invoices",
  words: "invoices",
  icon: "invoice",
  read: (query, signal) => answer(api.GET("/v1/invoices", { params: { query }, signal })),
  tabs: [
    { id: "outstanding", query: { status: ["issued"], payment_status: ["unpaid", "partially_paid"], sort: "due_on" }, counted: true, icon: "checkCircle" },
    { id: "overdue", query: { overdue: true, sort: "due_on" }, counted: true, icon: "checkCircle" },
    { id: "draft", query: { status: ["draft", "locked"], sort: "account_id" }, counted: true },
    { id: "locked", query: { status: ["locked"], sort: "account_id" } },
    { id: "approval", query: { approval: ["waiting"], sort: "account_id" }, counted: true, icon: "checkCircle" },
    { id: "undelivered", query: { delivery_status: ["bounced", "failed", "unknown"], sort: "-number" }, counted: true, icon: "checkCircle" },
    { id: "paid", query: { status: ["issued"], payment_status: ["paid"], sort: "-number" } },
    { id: "void", query: { status: ["void"], sort: "-number" } },
    { id: "all", query: { sort: "-number" } },
  ],
  filters: [
    { kind: "text", name: "q", label: "invoices.search", max: 200 },
    { kind: "dates", from: "from", to: "to", labels: ["invoices.issued_from", "invoices.issued_to"] },
    { kind: "linked", name: "account_id", label: "invoices.account_is", drop: "invoices.drop_account", max: 64, many: true },
    { kind: "linked", name: "run_id", label: "invoices.run_is", drop: "invoices.drop_run", max: 64, many: true },
  ],
  columns: [
    { id: "number", title: "invoice.number", sort: "number", render: (invoice) => <NumberCell invoice={invoice} /> },
    { id: "status", title: "invoice.status", render: ({ status }) => <StatusTag kind="invoice" status={status} /> },
    { id: "payment", title: "invoice.payment", render: (invoice) => <PaymentCell status={paymentShown(invoice)} /> },
    { id: "account", title: "invoice.account", sort: "account_id", render: (invoice, list) => <AccountCell invoice={invoice} list={list} /> },
    period("period", "invoice.period", { extra: true }),
    date("issued_on", "invoice.issued_on", { sort: "issued_on" }),
    date("due_on", "invoice.due_on", { sort: "due_on" }),
    { id: "days", title: "invoice.days_overdue", align: "end", sort: "days_overdue", render: ({ days_overdue: days }) => <span className="danger-text"><Count value={days > 0 ? days : null} /></span> },
    money("total", "invoice.total", { sort: "total" }),
    money("paid", "invoice.paid"),
    { id: "due", title: "invoice.due", align: "end", sort: "due", render: ({ due }) => <strong><Money value={due} /></strong> },
    { id: "delivery", title: "invoice.delivery_status", extra: true, render: ({ delivery_status: status }) => (status ? <StatusTag kind="delivery" status={status} /> : <Nothing />) },
    { id: "entity", title: "invoice.legal_entity", extra: true, render: ({ legal_entity: entity }) => entity ?? <Nothing /> },
    money("net", "invoice.net", { extra: true }),
    money("tax", "invoice.tax", { extra: true }),
    { id: "currency", title: "invoice.currency", extra: true, render: ({ total }) => total.currency },
    count("version", "invoice.version", { extra: true }),
    code("id", "invoice.id", { extra: true }),
  ],
  totals: [["amount", "invoices.total"], ["due", "invoices.due"]],
  exported: { list: "invoices", formats: ["xlsx", "csv", "pdf", "ndjson"] },
  actions: (invoice) => <InvoiceMenu invoice={invoice} />,
};

function InvoiceMenu({ invoice }: { invoice: Invoice }) {
  const { t } = useI18n();
  return <ActionMenu thing={invoice} actions={invoiceActions} label={t("invoice.actions", { number: invoice.number ?? invoice.id })} open={{ to: invoicePath(invoice.id), icon: "invoice" }} />;
}

function NumberCell({ invoice: { id, number } }: { invoice: Invoice }) {
  const { t } = useI18n();
  return (
    <span className="reveal nowrap">
      <Link className="number" to={invoicePath(id)} dir="ltr">{number ?? t("invoice.unnumbered", { id })}</Link>
      <CopyButton text={number ?? id} />
    </span>
  );
}

function PaymentCell({ status }: { status: string | null }) {
  return status ? <StatusTag kind="payment" status={status} /> : <Nothing />;
}

function AccountCell({ invoice: { account_id: id, account_name }, list }: { invoice: Invoice; list: ListState }) {
  const { t } = useI18n();
  return (
    <span className="reveal nowrap" dir="auto">
      <Link className="customer-name" to={list.href({ account_id: id, status: "all" })} title={t("invoices.of_account", { account: id })}>{customerName(account_name) ?? id}</Link>
      <CopyButton text={id} />
    </span>
  );
}
