/** The rows behind a figure as they are, page by page: of any list that a figure names, with the sums of all of them. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { limitedFetch } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { formatMoney } from "../../../lib/money";
import { ApiProblem } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { CustomerName, PlanName } from "../../../ui/Named";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { Pager } from "../../../ui/table/Pager";
import { BillingDate, Count, Instant, Money, Nothing } from "../../../ui/Value";
import { isReadable } from "./drill";

type Row = Readonly<Record<string, unknown>>;

interface Page {
  items: readonly Row[];
  total: number;
  totals: readonly (Row & { currency: string })[];
  as_of: string;
}

const read_ms = 8_000;

export function Rows() {
  const { t } = useI18n();
  const label = useLabel();
  const list = useListState();
  const of = list.get("of") ?? "";
  const isSound = isReadable(of);
  const { data, error, refetch } = useQuery({ queryKey: ["analytics", "rows", of, list.page, list.size], queryFn: ({ signal }) => read(of, list.page, list.size, signal), enabled: isSound, placeholderData: keepPreviousData });
  const [path = "", search = ""] = of.split("?");
  const asked = [...new URLSearchParams(search)];
  const title = label(`analytics.rows_${path.split("/").at(-1)?.replaceAll("-", "_")}`, t("analytics.rows"));
  if (!isSound) return <><h1>{t("analytics.rows")}</h1><EmptyState icon="search" title={t("analytics.no_rows")} /></>;
  return (
    <>
      <h1>{title}</h1>
      {asked.length > 0 && <p className="muted">{asked.map(([name, value]) => `${label(`analytics.col_${name}`, name.replaceAll("_", " "))}: ${value}`).join(" · ")}</p>}
      <Card title={title} aside={data && <span className="muted small"><Count value={data.total} /> · {t("list.as_of")} <Instant value={data.as_of} /></span>} flush>
        {data?.total === 0 && <EmptyState icon="search" title={t("chart.empty")} />}
        {data && data.total > 0 && <RowTable title={title} rows={data.items} />}
        {data && data.total > list.size && <Pager list={list} total={data.total} />}
        {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!data && !error && <div className="pad"><Skeleton lines={8} height={36} /></div>}
      </Card>
      {data && data.totals.length > 0 && <Card title={t("analytics.sums")}><Facts facts={data.totals.flatMap(({ currency, ...sums }) => Object.entries(sums).flatMap(([name, value]): [string, ReactNode][] => (name === "amount" || typeof value !== "string" ? [] : [[`${label(`analytics.col_${name}`, name.replaceAll("_", " "))} ${currency}`, <Money key={name} value={{ amount: value, currency }} />]])))} /></Card>}
    </>
  );
}

async function read(of: string, page: number, size: number, signal: AbortSignal): Promise<Page> {
  const response = await limitedFetch(`${location.origin}${of}${of.includes("?") ? "&" : "?"}page=${page}&size=${size}`, read_ms, signal);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new ApiProblem(response.status, body, response.headers);
  return body as Page;
}

function RowTable({ title, rows }: { title: string; rows: readonly Row[] }) {
  const label = useLabel();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isShown(name, row[name]))))];
  return (
    <PlainTable label={title} className="stacked">
      <thead><tr>{columns.map((name) => <th key={name} scope="col" className={isNumber(rows, name) ? "end" : undefined}>{label(`analytics.col_${name}`, name.replaceAll("_", " "))}</th>)}</tr></thead>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {columns.map((name) => <td key={name} className={isNumber(rows, name) ? "end" : undefined} data-label={label(`analytics.col_${name}`, name.replaceAll("_", " "))}><Cell name={name} row={row} /></td>)}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** Amounts that go with the currency of their row. */
const amounts: ReadonlySet<string> = new Set(["net", "tax", "total", "base", "open", "unapplied", "disputed", "value", "moved", "counted", "debit", "credit", "monthly", "overdue", "amount", "due", "paid"]);
const decimals = /^-?\d+(\.\d+)?$/;

function isMoney(value: unknown): value is { amount: string; currency: string } {
  return typeof value === "object" && value !== null && "amount" in value && "currency" in value;
}

function isShown(name: string, value: unknown): boolean {
  return name !== "currency" && (value === null || typeof value !== "object" || isMoney(value));
}

function isNumber(rows: readonly Row[], name: string): boolean {
  return amounts.has(name) || rows.some((row) => typeof row[name] === "number" || isMoney(row[name]));
}

function Cell({ name, row }: { name: string; row: Row }) {
  const { locale } = useI18n();
  const label = useLabel();
  const value = row[name];
  if (value === null || value === undefined || value === "") return <Nothing />;
  if (isMoney(value)) return <Money value={value} />;
  if (typeof value === "number") return <Count value={value} />;
  if (typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (amounts.has(name) && decimals.test(text) && typeof row["currency"] === "string") return <span className="number" dir="ltr">{formatMoney(locale, { amount: text, currency: row["currency"] })}</span>;
  if (name === "account_id") return <CustomerName id={text} link />;
  if (name === "plan_id" || name === "plan_before") return <PlanName id={text} link />;
  const to = placeOf(name, text, row);
  if (to) return <Link to={to} dir="ltr">{text}</Link>;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return <BillingDate value={text} />;
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return <Instant value={text} />;
  return <span dir="auto">{label(`analytics.word_${text}`, text)}</span>;
}

function placeOf(name: string, id: string, row: Row): string | null {
  const own = encodeURIComponent(id);
  switch (name) {
    case "document_id":
      return row["document"] === "credit_note" ? `/invoices/credit-notes/${own}` : `/invoices/${own}`;
    case "item_id":
      return row["item"] === "invoice" ? `/invoices/${own}` : row["item"] === "payment" ? `/payments/${own}` : row["item"] === "credit_note" ? `/invoices/credit-notes/${own}` : null;
    case "payment_id":
      return `/payments/${own}`;
    case "subscription_id":
      return `/services/${own}`;
    case "case_id":
      return `/dunning/${own}`;
    case "entry_id":
      return `/journal/entries/${own}`;
    case "invoice_id":
      return `/invoices/${own}`;
    default:
      return null;
  }
}
