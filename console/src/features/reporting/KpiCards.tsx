/**
 * Six figures of the month with their way so far. A figure in several currencies shows each on its own line, never a
 * sum; "outstanding" and "overdue" lead to their invoices.
 *
 * What stands at a moment is compared with the end of the month before. What flows through a month is not: a month that
 * has just begun would seem to fall by 90 %, so the whole month before is shown beside it instead.
 */
import { Link } from "react-router";
import { difference, isNegative, isZero, permille } from "../../lib/decimal";
import { useI18n, useLabel } from "../../lib/i18n";
import { formatShare } from "../../lib/money";
import { formatMonth } from "../../lib/time";
import { Icon } from "../../ui/Icon";
import { Sparkline } from "../../ui/Sparkline";
import { ErrorState, Skeleton } from "../../ui/States";
import { Nothing } from "../../ui/Value";
import { kpiText } from "./kpiText";
import { useKpis, type Kpi } from "./queries";
import "./KpiCards.css";

/** The first six of these that there are. */
const order = ["mrr", "invoiced_month", "collected_month", "outstanding", "overdue", "dso", "accounts", "records_month"] as const;
const shown = 6;

const flows: readonly string[] = ["invoiced_month", "collected_month", "records_month"];

const lists: Readonly<Partial<Record<string, string>>> = {
  outstanding: "/invoices",
  overdue: "/invoices?status=overdue",
};

export function KpiCards() {
  const { t } = useI18n();
  const { data, error, refetch } = useKpis();
  if (!data && error) return <div className="card"><ErrorState error={error} onRetry={() => void refetch()} /></div>;
  const names = order.filter((name) => !data || data.items.some((item) => item.name === name)).slice(0, shown);
  return (
    <section className="kpis" aria-label={t("kpi.title")}>
      {names.map((name) => <KpiCard key={name} name={name} figures={data?.items.filter((item) => item.name === name) ?? null} />)}
    </section>
  );
}

function KpiCard({ name, figures }: { name: string; figures: readonly Kpi[] | null }) {
  const label = useLabel();
  const to = lists[name];
  const title = label(`kpi.${name}`, name);
  const main = figures?.[0];
  return (
    <article className="card kpi">
      <h2>{to ? <Link to={to}>{title}</Link> : title}</h2>
      {figures === null && <Skeleton lines={2} height={28} />}
      {figures?.length === 0 && <p className="kpi-value muted">–</p>}
      {figures?.map((figure, index) => (
        <p key={figure.currency ?? "count"} className={index === 0 ? "kpi-value" : "kpi-also"}>
          <Figure figure={figure} />
        </p>
      ))}
      {main && (
        <div className="kpi-foot">
          {flows.includes(name) ? <MonthBefore figure={main} /> : <Change figure={main} />}
          <Sparkline values={sinceTheFirst(main.series.flatMap(({ value }) => (value === null ? [] : [value])))} />
        </div>
      )}
    </article>
  );
}

function Figure({ figure }: { figure: Kpi }) {
  const { t, locale } = useI18n();
  if (figure.value === null) return <Nothing />;
  return <span className="number" dir="ltr">{kpiText(locale, t, figure.value, figure)}</span>;
}

/** The whole month before, by its name. */
function MonthBefore({ figure }: { figure: Kpi }) {
  const { t, locale } = useI18n();
  const month = figure.series.at(-2)?.date;
  if (figure.previous === null || !month) return <span className="grow" />;
  return <span className="kpi-change muted">{formatMonth(locale, month)} <span className="number" dir="ltr">{kpiText(locale, t, figure.previous, figure)}</span></span>;
}

/** The change against the end of the month before, as a share; without a previous value there is none to tell. */
function Change({ figure }: { figure: Kpi }) {
  const { t, locale } = useI18n();
  if (figure.previous === null || figure.value === null) return <span className="grow" />;
  const change = difference(figure.value, figure.previous);
  if (isZero(change)) return <span className="kpi-change muted">{t("kpi.unchanged")}</span>;
  const share = permille(change, figure.previous);
  return (
    <span className="kpi-change" title={t("kpi.previous", { value: kpiText(locale, t, figure.previous, figure) })}>
      <Icon name={isNegative(change) ? "down" : "up"} size={12} />
      {share === null || share === 0n ? <span>{t(share === null ? "kpi.from_zero" : "kpi.slightly")}</span> : <span className="number" dir="ltr">{formatShare(locale, share)}</span>}
      <span className="visually-hidden">{t("kpi.against_previous")}</span>
    </span>
  );
}

/** The series from its last zero before anything happened: a provider's life does not begin with a flat line. */
function sinceTheFirst(values: readonly string[]): readonly string[] {
  const first = values.findIndex((value) => !isZero(value));
  return values.slice(Math.max(0, first - 1));
}
