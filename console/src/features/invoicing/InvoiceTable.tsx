/** The invoices of one tab and filter: columns, totals per currency, what a row offers. */
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import type { ListState } from "../../lib/listState";
import { CopyButton } from "../../ui/CopyButton";
import { EmptyState } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import type { Column } from "../../ui/table/column";
import { DataTable } from "../../ui/table/DataTable";
import { TotalsBar, type CurrencyTotals } from "../../ui/table/TotalsBar";
import { BillingDate, Money, Nothing, PeriodText } from "../../ui/Value";
import { cleared, damagedFilters, isNarrowed, tabOf, toFilter } from "./filters";
import { customerName } from "./customer";
import { InvoiceActions } from "./InvoiceActions";
import { InvoiceFilters } from "./InvoiceFilters";
import { paymentShown } from "./overdue";
import { invoicePath, useInvoices, type Invoice, type InvoicePage } from "./queries";
import "./InvoiceTable.css";

export function InvoiceTable({ list }: { list: ListState }) {
  const { t } = useI18n();
  const damaged = damagedFilters(list);
  const query = useInvoices(toFilter(list), damaged.length === 0);
  const clear = () => list.set({ ...cleared, status: damaged.some(({ name }) => name === "status") ? null : list.get("status") });
  const columns = useColumns(list);
  return (
    <DataTable<Invoice, InvoicePage>
      name="invoices"
      label={t("invoices.title")}
      columns={columns}
      query={query}
      list={list}
      rowKey={(invoice) => invoice.id}
      filters={<InvoiceFilters list={list} />}
      totals={(page) => <InvoiceTotals page={page} />}
      empty={<NoInvoices list={list} />}
      actions={(invoice) => <InvoiceActions invoice={invoice} />}
      damaged={damaged}
      onClear={clear}
    />
  );
}

function useColumns(list: ListState): readonly Column<Invoice>[] {
  const { t, locale } = useI18n();
  const count = new Intl.NumberFormat(locale);
  return [
    { id: "number", title: t("invoice.number"), sort: "number", render: (invoice) => <NumberCell invoice={invoice} /> },
    { id: "status", title: t("invoice.status"), render: ({ status }) => <StatusTag kind="invoice" status={status} /> },
    { id: "payment", title: t("invoice.payment"), render: (invoice) => <PaymentCell status={paymentShown(invoice)} /> },
    { id: "account", title: t("invoice.account"), sort: "account_id", render: ({ account_id, account_name }) => <AccountCell id={account_id} name={account_name} list={list} /> },
    { id: "period", title: t("invoice.period"), extra: true, render: ({ period }) => <PeriodText value={period} /> },
    { id: "issued_on", title: t("invoice.issued_on"), sort: "issued_on", render: ({ issued_on }) => <BillingDate value={issued_on} /> },
    { id: "due_on", title: t("invoice.due_on"), sort: "due_on", render: ({ due_on }) => <BillingDate value={due_on} /> },
    { id: "days", title: t("invoice.days_overdue"), align: "end", sort: "days_overdue", render: ({ days_overdue }) => <Days days={days_overdue} format={count} /> },
    { id: "total", title: t("invoice.total"), align: "end", sort: "total", render: ({ total }) => <Money value={total} /> },
    { id: "paid", title: t("invoice.paid"), align: "end", render: ({ paid }) => <Money value={paid} /> },
    { id: "due", title: t("invoice.due"), align: "end", sort: "due", render: ({ due }) => <strong><Money value={due} /></strong> },
    { id: "net", title: t("invoice.net"), align: "end", extra: true, render: ({ net }) => <Money value={net} /> },
    { id: "tax", title: t("invoice.tax"), align: "end", extra: true, render: ({ tax }) => <Money value={tax} /> },
    { id: "currency", title: t("invoice.currency"), extra: true, render: ({ total }) => total.currency },
    { id: "version", title: t("invoice.version"), align: "end", extra: true, render: ({ version }) => <span className="number">{count.format(version)}</span> },
    { id: "id", title: t("invoice.id"), extra: true, render: ({ id }) => <span className="reveal nowrap"><code>{id}</code><CopyButton text={id} /></span> },
  ];
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

function AccountCell({ id, name, list }: { id: string; name: string | null; list: ListState }) {
  const { t } = useI18n();
  return (
    <span className="reveal nowrap" dir="auto">
      <Link className="customer-name" to={list.href({ account_id: id, status: "all" })} title={t("invoices.of_account", { account: id })}>{customerName(name) ?? id}</Link>
      <CopyButton text={id} />
    </span>
  );
}

function Days({ days, format }: { days: number; format: Intl.NumberFormat }) {
  return days > 0 ? <span className="number danger-text">{format.format(days)}</span> : <Nothing />;
}

function InvoiceTotals({ page }: { page: InvoicePage }) {
  const { t } = useI18n();
  const totals: CurrencyTotals[] = page.totals.map(({ currency, amount, due }) => ({
    currency,
    parts: [
      { label: t("invoices.total"), value: { amount, currency } },
      { label: t("invoices.due"), value: { amount: due, currency } },
    ],
  }));
  return <TotalsBar count={t("invoices.count", { count: page.total })} totals={totals} asOf={page.as_of} />;
}

function NoInvoices({ list }: { list: ListState }) {
  const { t } = useI18n();
  if (isNarrowed(list)) {
    return (
      <EmptyState icon="search" title={t("invoices.no_match")}>
        <button type="button" className="button" onClick={() => list.set(cleared)}>{t("invoices.clear")}</button>
      </EmptyState>
    );
  }
  const tab = tabOf(list);
  return (
    <EmptyState icon={tab === "overdue" || tab === "outstanding" ? "checkCircle" : "invoice"} title={t(`invoices.empty_${tab}`)}>
      {tab !== "all" && <Link to={list.href({ status: "all" })}>{t("invoices.show_all")}</Link>}
    </EmptyState>
  );
}
