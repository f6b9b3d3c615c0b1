/**
 * Six figures of the month with their way so far. A figure in several currencies shows each on its own line, never a
 * sum; "outstanding" and "overdue" lead to their invoices.
 */
import { Link } from "react-router";
import { difference, isNegative, isZero, permille } from "../../lib/decimal";
import { useI18n, useLabel } from "../../lib/i18n";
import { formatDecimal, formatMoney, formatShare } from "../../lib/money";
import { Icon } from "../../ui/Icon";
import { Sparkline } from "../../ui/Sparkline";
import { ErrorState, Skeleton } from "../../ui/States";
import { Money } from "../../ui/Value";
import { useKpis, type Kpi } from "./queries";
import "./KpiCards.css";

const order = ["invoiced_month", "collected_month", "outstanding", "overdue", "accounts", "records_month"] as const;

const lists: Readonly<Partial<Record<string, string>>> = {
  outstanding: "/invoices",
  overdue: "/invoices?status=overdue",
};

export function KpiCards() {
  const { t } = useI18n();
  const { data, error, refetch } = useKpis();
  if (!data && error) return <div className="card"><ErrorState error={error} onRetry={() => void refetch()} /></div>;
  return (
    <section className="kpis" aria-label={t("kpi.title")}>
      {order.map((name) => <KpiCard key={name} name={name} figures={data?.items.filter((item) => item.name === name) ?? null} />)}
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
          <Change figure={main} />
          <Sparkline values={main.series.map(({ value }) => value)} />
        </div>
      )}
    </article>
  );
}

function Figure({ figure: { value, currency } }: { figure: Kpi }) {
  const { locale } = useI18n();
  if (currency) return <Money value={{ amount: value, currency }} />;
  return <span className="number">{formatDecimal(locale, value)}</span>;
}

/** The change against the previous period, as a share; without a previous value there is none to tell. */
function Change({ figure: { value, previous, currency } }: { figure: Kpi }) {
  const { t, locale } = useI18n();
  if (previous === null) return <span className="grow" />;
  const change = difference(value, previous);
  const share = permille(change, previous);
  if (share === null || isZero(change)) return <span className="kpi-change muted">{t("kpi.unchanged")}</span>;
  const before = currency ? formatMoney(locale, { amount: previous, currency }) : formatDecimal(locale, previous);
  return (
    <span className="kpi-change" title={t("kpi.previous", { value: before })}>
      <Icon name={isNegative(change) ? "down" : "up"} size={12} />
      <span className="number" dir="ltr">{formatShare(locale, share)}</span>
      <span className="visually-hidden">{t("kpi.against_previous")}</span>
    </span>
  );
}
