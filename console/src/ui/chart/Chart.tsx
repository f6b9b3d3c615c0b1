/**
 * The one way to draw a chart: a figure with its title, the picture, and the same figures as a table.
 *
 *     <Chart title={t("revenue.title")} kind="columns" unit={{ currency: "EUR" }} labels={["Sep", "Oct"]}
 *       series={[{ name: t("revenue.recurring"), values: ["1200.00", "1310.50"] }, { name: t("revenue.usage"), values: ["80.10", null] }]} />
 *
 * Pages know this component and no library: another way to draw is this file and `Picture`. It is SVG of our own, 3 kB,
 * where the libraries that would do cost a page 115 to 470; what is drawn is in the document, for axe and for copying. The room is kept from the
 * first paint (`height`), so nothing jumps. A value is a decimal string and is never computed with; null is a gap. With a
 * currency all values are in it: currencies never share a chart.
 */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { formatDecimal, formatMoney } from "../../lib/money";
import { Card } from "../Card";
import { PlainTable } from "../PlainTable";
import { EmptyState } from "../States";
import { Nothing } from "../Value";
import { Picture } from "./Picture";
import "./chart.css";

export interface Series {
  name: string;
  values: readonly (string | null)[];
}

export interface ChartProps {
  title: string;
  /** Columns stand on each other, lines beside each other. */
  kind: "columns" | "lines";
  /** One a place on the axis: a month, a class of age. */
  labels: readonly string[];
  series: readonly Series[];
  unit?: { currency: string } | null;
  height?: number;
  /** What it shows in a sentence, for those who do not see it. */
  summary?: string;
}

const usual_px = 240;

export function Chart(props: ChartProps) {
  const { title, labels, series, height = usual_px, summary } = props;
  const { t } = useI18n();
  const [asTable, setAsTable] = useState(false);
  const format = useFormat(props.unit ?? null);
  const isEmpty = !series.some(({ values }) => values.some((value) => value !== null));
  const toggle = <button type="button" className="button quiet small no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t("chart.as_table")}</button>;
  return (
    <Card title={title} aside={isEmpty ? null : toggle}>
      <figure className="chart" style={{ minHeight: `${height + legend_px}px` }}>
        {isEmpty ? <EmptyState icon="info" title={t("chart.empty")} /> : asTable ? <ChartTable {...props} format={format} /> : (
          <>
            <ul className="chart-legend small" aria-hidden="true">
              {series.map(({ name }, index) => <li key={name}><span className={`chart-key series-${index % 5}`} /> {name}</li>)}
            </ul>
            <Picture {...props} height={height} format={format} />
            <figcaption className="visually-hidden">{summary ?? t("chart.summary", { title, count: labels.length })}</figcaption>
          </>
        )}
      </figure>
    </Card>
  );
}

/** The line above the picture that names the series. */
const legend_px = 28;

function ChartTable({ title, labels, series, format }: ChartProps & { format: (value: string) => string }) {
  const { t } = useI18n();
  return (
    <PlainTable label={title}>
      <thead>
        <tr><th scope="col">{t("chart.place")}</th>{series.map(({ name }) => <th key={name} scope="col" className="end">{name}</th>)}</tr>
      </thead>
      <tbody>
        {labels.map((label, index) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {series.map(({ name, values }) => <td key={name} className="end number" dir="ltr">{values[index] == null ? <Nothing /> : format(values[index])}</td>)}
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function useFormat(unit: { currency: string } | null): (value: string) => string {
  const { locale } = useI18n();
  return (value) => (unit ? formatMoney(locale, { amount: value, currency: unit.currency }) : formatDecimal(locale, value));
}
