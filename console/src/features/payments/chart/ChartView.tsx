/** The chart of accounts: which number of bookkeeping stands for which account of the journal, and which charts there were. */
import { lazy, Suspense, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Instant } from "../../../ui/Value";
import { useCharts, type Charts, type ChartTerms, type Rule } from "./queries";

const ChartDrawer = lazy(async () => ({ default: (await import("./ChartDrawer")).ChartDrawer }));

export function ChartView({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useCharts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <PageTitle of={t("chart.title")} />
      <div className="row">
        <h1 className="grow">{t("chart.title")}</h1>
        {data && <button type="button" className="button primary no-print" disabled={!mayChange} title={mayChange ? undefined : t("state.forbidden")} onClick={() => setOpen(true)}><Icon name="draft" /> {t("chart.set")}</button>}
      </div>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={8} height={40} />)}
      {data && <Rules terms={data.in_force} />}
      {data && <Datev terms={data.in_force} />}
      {data && data.items.length > 0 && <History charts={data} />}
      {data && isOpen && <Suspense fallback={null}><ChartDrawer charts={data} onClose={() => setOpen(false)} /></Suspense>}
    </>
  );
}

function Rules({ terms }: { terms: ChartTerms }) {
  const { t } = useI18n();
  return (
    <Card title={t("chart.in_force", { name: terms.name })} flush>
      <PlainTable label={t("chart.rules")}>
        <thead><tr><th scope="col">{t("chart.account")}</th><th scope="col">{t("chart.number")}</th><th scope="col">{t("chart.name")}</th><th scope="col">{t("chart.about")}</th></tr></thead>
        <tbody>
          {terms.rules.map((rule) => (
            <tr key={`${rule.account} ${rule.number} ${aboutOf(rule)}`}>
              <th scope="row">{t(`chart.account_${rule.account}`)}</th>
              <td className="number" dir="ltr">{rule.number}</td>
              <td dir="auto">{rule.name}{rule.automatic && <span className="small muted below">{t("chart.automatic")}</span>}</td>
              <td dir="auto">{aboutOf(rule) || <span className="muted">{t("chart.all")}</span>}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}

function aboutOf({ plan_id, tax_class, tax_category, tax_rate, method }: Rule): string {
  return [plan_id, tax_class, tax_category, tax_rate && `${tax_rate} %`, method].filter(Boolean).join(" · ");
}

function Datev({ terms: { datev } }: { terms: ChartTerms }) {
  const { t } = useI18n();
  return (
    <Card title={t("chart.datev")}>
      {!datev && <p className="muted">{t("chart.no_datev")}</p>}
      {datev && <Facts facts={[[t("chart.consultant"), String(datev.consultant)], [t("chart.client"), String(datev.client)], [t("chart.year_begins_in"), String(datev.year_begins_in)], [t("chart.account_length"), String(datev.account_length)]]} />}
    </Card>
  );
}

function History({ charts: { items, in_force_version } }: { charts: Charts }) {
  const { t } = useI18n();
  return (
    <Card title={t("chart.history")} flush>
      <PlainTable label={t("chart.history")}>
        <thead><tr><th scope="col">{t("chart.chart_name")}</th><th scope="col">{t("chart.effective_from")}</th><th scope="col">{t("chart.effective_to")}</th><th scope="col">{t("chart.set_at")}</th></tr></thead>
        <tbody>
          {items.map(({ version, name, effective_from, effective_to, set_at, set_by }) => (
            <tr key={version}>
              <th scope="row" dir="auto">{name}{version === in_force_version && <span className="small muted below">{t("chart.holds")}</span>}</th>
              <td><BillingDate value={effective_from} /></td>
              <td><BillingDate value={effective_to} /></td>
              <td><Instant value={set_at} />{set_by && <span className="small muted below" dir="ltr">{set_by}</span>}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
