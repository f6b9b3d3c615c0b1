/**
 * The one way to draw a chart: a figure with its title, the picture, and the same figures as a table.
 *
 *     <Chart title={t("revenue.title")} kind="columns" unit={{ currency: "EUR" }} labels={["Sep", "Oct"]}
 *       series={[{ name: t("revenue.recurring"), values: ["1200.00", "1310.50"] }, { name: t("revenue.usage"), values: ["80.10", null] }]} />
 *
 * Pages know this component and no library: another way to draw is this file and the pictures. It is SVG of our own, 5 kB,
 * where the libraries that would do cost a page 115 to 470; what is drawn is in the document, for axe and for copying. The room is kept from the
 * first paint (`height`), so nothing jumps. A value is a decimal string and is never computed with; null is a gap. With a
 * currency all values are in it: currencies never share a chart.
 */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { formatDecimal, formatMoney, formatShort } from "../../lib/money";
import { Card } from "../Card";
import { EmptyState } from "../States";
import { ChartMenu } from "./ChartMenu";
import { ChartTable } from "./ChartTable";
import { Donut } from "./Donut";
import { Picture } from "./Picture";
import "./chart.css";

export interface Series {
  name: string;
  values: readonly (string | null)[];
}

/** What a figure means, and how it is worked out where that is not plain. */
export interface About {
  definition: string;
  formula?: string | undefined;
}

export interface ChartProps {
  title: string;
  /**
   * Columns stand on each other, lines beside each other. A `waterfall` has one series: what was, each change, and what
   * is. `shares` are parts of a whole, one a label.
   */
  kind: "columns" | "lines" | "waterfall" | "shares";
  /** One a place on the axis: a month, a class of age. */
  labels: readonly string[];
  series: readonly Series[];
  /** A dashed line over it, to compare with. */
  line?: Series | undefined;
  unit?: { currency: string } | null;
  height?: number;
  /** What it shows in a sentence, for those who do not see it. */
  summary?: string;
  about?: About | undefined;
  /** By place: the page that shows the rows behind it. */
  rows?: readonly (string | null)[] | undefined;
  /** What is told beside each place in the table and the shares, as it is to be read. */
  beside?: readonly Series[] | undefined;
  /** The name of the file of what is shown; without it there is none to save. */
  file?: string | undefined;
  /** Takes a stretch of places that was drawn over with the pointer. */
  onStretch?: ((from: number, to: number) => void) | undefined;
}

const usual_px = 240;

export function Chart(props: ChartProps) {
  const { kind, title, labels, series, line, height = usual_px, summary } = props;
  const { t } = useI18n();
  const [asTable, setAsTable] = useState(false);
  const [format, short] = useFormat(props.unit ?? null);
  const isEmpty = !series.some(({ values }) => values.some((value) => value !== null));
  const toggle = <button type="button" className="button quiet small no-print" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>{t("chart.as_table")}</button>;
  return (
    <Card title={title} aside={<span className="row chart-aside">{isEmpty ? null : toggle}<ChartMenu {...props} isEmpty={isEmpty} /></span>}>
      <figure className="chart" style={{ minHeight: `${height + legend_px}px` }}>
        {isEmpty ? <EmptyState icon="info" title={t("chart.empty")} /> : asTable ? <ChartTable {...props} format={format} /> : (
          <>
            {kind !== "shares" && <Legend series={kind === "waterfall" ? [] : series} line={line} />}
            {kind === "shares" ? <Donut {...props} height={height + legend_px} format={format} /> : <Picture {...props} height={height} format={format} short={short} />}
            <figcaption className="visually-hidden">{summary ?? t("chart.summary", { title, count: labels.length })}</figcaption>
          </>
        )}
      </figure>
    </Card>
  );
}

/** The line above the picture that names the series. */
const legend_px = 28;

function Legend({ series, line }: Pick<ChartProps, "series" | "line">) {
  return (
    <ul className="chart-legend small" aria-hidden="true">
      {series.map(({ name }, index) => <li key={name}><span className={`chart-key series-${index % 5}`} /> {name}</li>)}
      {line && <li><span className="chart-key-line" /> {line.name}</li>}
    </ul>
  );
}

/** A value as it is read, and shortened for the axis: €1,500.00 and €1.5K. */
function useFormat(unit: { currency: string } | null): [format: (value: string) => string, short: (value: string) => string] {
  const { locale } = useI18n();
  return [
    (value) => (unit ? formatMoney(locale, { amount: value, currency: unit.currency }) : formatDecimal(locale, value)),
    (value) => formatShort(locale, value, unit?.currency ?? null),
  ];
}
