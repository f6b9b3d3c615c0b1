/** A report's rows: each figure leads to what is behind it, each column says what it means, each currency has its total. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { formatDecimal } from "../../../lib/money";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Count, Instant, Money, Nothing } from "../../../ui/Value";
import { drillOf } from "../analytics/drill";
import { daysOf, plainly } from "./names";
import type { ReportColumn, ReportRow } from "./queries";
import { totalsOf } from "./totals";

const numbers: ReadonlySet<string> = new Set(["money", "count", "quantity", "percent", "days", "figure"]);
const isWholeDay = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);

interface Props {
  label: string;
  columns: readonly ReportColumn[];
  rows: readonly ReportRow[];
}

export function ReportTable({ label, columns, rows }: Props) {
  const { t } = useI18n();
  // A series is a picture's; a column that this question has not is left out.
  const shown = columns.filter(({ name, kind }) => kind !== "series" && rows.some((row) => row[name] !== undefined));
  return (
    <PlainTable label={label}>
      <thead>
        <tr>{shown.map(({ name, kind, definition, formula }) => <th key={name} scope="col" className={numbers.has(kind) ? "end" : undefined} title={formula ? `${definition} = ${formula}` : definition}><ColumnName name={name} /></th>)}</tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <tr key={at}>
            {shown.map((column, n) => {
              const cell = <Figure column={column} row={row} />;
              return n === 0 ? <th key={column.name} scope="row">{cell}</th> : <td key={column.name} className={numbers.has(column.kind) ? "end" : undefined}>{cell}</td>;
            })}
          </tr>
        ))}
      </tbody>
      <tfoot>
        {totalsOf(shown, rows).map(({ currency, amounts }) => (
          <tr key={currency}>
            {shown.map(({ name }, n) => {
              const amount = amounts.get(name);
              if (n === 0) return <th key={name} scope="row">{t("reports.total", { currency })}</th>;
              return <td key={name} className={amount ? "end" : undefined}>{amount ? <strong><Money value={{ amount, currency }} /></strong> : name === "currency" ? currency : null}</td>;
            })}
          </tr>
        ))}
      </tfoot>
    </PlainTable>
  );
}

/** `31_60` is "31–60 days"; others are said as they are called. */
export function ColumnName({ name }: { name: string }) {
  const { t } = useI18n();
  const days = daysOf(name);
  if (!days) return <>{plainly(name)}</>;
  return <>{days.to === null ? t("reports.days_over", { from: days.from }) : t("reports.days_between", { from: days.from, to: days.to })}</>;
}

function Figure({ column, row }: { column: ReportColumn; row: ReportRow }) {
  const behind = drillOf(row.rows?.[column.name]);
  const shown = <Shown column={column} row={row} />;
  return behind ? <Link to={behind}>{shown}</Link> : shown;
}

function Shown({ column: { name, kind }, row }: { column: ReportColumn; row: ReportRow }) {
  const { locale } = useI18n();
  const value = row[name];
  if (value === null || value === undefined || value === "") return <Nothing />;
  if (typeof value === "number") return <Count value={value} />;
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const currency = row["currency"];
  const isMoney = kind === "money" || (kind === "figure" && row["unit"] === "money");
  if (isMoney && typeof currency === "string") return <Money value={{ amount: text, currency }} />;
  if (kind === "instant") return <Instant value={text} />;
  if (isWholeDay(text)) return <BillingDate value={text} />;
  if (kind === "percent") return <span className="number" dir="ltr">{formatDecimal(locale, text)} %</span>;
  if (numbers.has(kind)) return <span className="number" dir="ltr">{formatDecimal(locale, text)}</span>;
  return <span dir="auto">{text}</span>;
}
