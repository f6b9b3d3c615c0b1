/** The figures of the business for the range: each with its change, its way, what it means and the rows behind it. */
import { Link } from "react-router";
import { isNegative, isZero } from "../../../lib/decimal";
import { useI18n, useLabel } from "../../../lib/i18n";
import { formatDecimal } from "../../../lib/money";
import { AboutFigure } from "../../../ui/chart/ChartMenu";
import { Icon } from "../../../ui/Icon";
import { Sparkline } from "../../../ui/Sparkline";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Nothing } from "../../../ui/Value";
import { kpiText } from "../kpiText";
import { useAboutKpi } from "./about";
import { drillOf } from "./drill";
import type { Reading } from "./queries";
import { textOf, type ReportRow } from "./rows";
import "../KpiCards.css";

/** What the business watches first; a figure that is new stands behind them. */
const order = ["mrr", "arpu", "churn_percent", "collection_percent", "dso", "overdue_percent", "failed_payment_percent", "credited_percent", "invoiced_month", "collected_month", "outstanding", "overdue", "accounts", "records_month"];

export function Kpis({ reading: { data, error, refetch }, currency }: { reading: Reading; currency: string | null }) {
  const { t } = useI18n();
  if (!data && error) return <div className="card"><ErrorState error={error} onRetry={() => void refetch()} /></div>;
  const place = (row: ReportRow) => (order.indexOf(textOf(row, "name") ?? "") + 1 || order.length + 1);
  const shown = data?.items.filter((row) => !row.currency || row.currency === currency).toSorted((a, b) => place(a) - place(b));
  return (
    <section className="kpis analytics-kpis" aria-label={t("analytics.kpis")}>
      {shown?.map((row) => <Kpi key={textOf(row, "name")} row={row} />) ?? Array.from({ length: 6 }, (_, index) => <div key={index} className="card kpi"><Skeleton lines={2} height={28} /></div>)}
    </section>
  );
}

function Kpi({ row }: { row: ReportRow }) {
  const { t, locale } = useI18n();
  const label = useLabel();
  const name = textOf(row, "name") ?? "";
  const title = label(`analytics.kpi_${name}`, name.replaceAll("_", " "));
  const about = useAboutKpi(name);
  const [value, previous, delta, percent] = [textOf(row, "value"), textOf(row, "previous"), textOf(row, "delta"), textOf(row, "delta_percent")];
  // Of a percent the change is told in points: 2 % after 1 % is one point more, not 100 %.
  const change = row["unit"] === "percent" ? delta : percent;
  const text = (figure: string) => kpiText(locale, t, figure, { unit: row["unit"], currency: row.currency });
  const to = drillOf(row.rows?.["value"]);
  const shown = value === null ? <Nothing /> : <span className="number" dir="ltr">{text(value)}</span>;
  const series = (row["series"] as readonly { value: string | null }[] | undefined)?.flatMap(({ value: of }) => (of === null ? [] : [of])) ?? [];
  return (
    <article className="card kpi">
      <div className="row"><h2 className="grow">{title}</h2>{about && <AboutFigure name={title} about={about} />}</div>
      <p className="kpi-value">{to ? <Link to={to} title={t("chart.rows")}>{shown}</Link> : shown}</p>
      <div className="kpi-foot">
        <span className="kpi-change" title={previous === null ? undefined : t("analytics.month_before", { value: text(previous) })}>
          {change !== null && !isZero(change) && <><Icon name={isNegative(change) ? "down" : "up"} size={12} /><span className="number" dir="ltr">{row["unit"] === "percent" ? t("analytics.points", { points: formatDecimal(locale, change) }) : `${formatDecimal(locale, change)} %`}</span></>}
          {change !== null && isZero(change) && t("analytics.unchanged")}
        </span>
        <Sparkline values={series} />
      </div>
    </article>
  );
}
