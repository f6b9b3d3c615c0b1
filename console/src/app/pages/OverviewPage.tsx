/** `/`: what waits, how the month goes, what just happened, and whether the house is well. */
import { lazy, Suspense } from "react";
import { useMay, useSession } from "../../features/identity/session";
import { AttentionStrip } from "../../features/reporting/AttentionStrip";
import { GoTo } from "../../features/reporting/GoTo";
import { HealthGrid } from "../../features/reporting/HealthGrid";
import { KpiCards } from "../../features/reporting/KpiCards";
import { useOverview } from "../../features/reporting/queries";
import { RecentEvents } from "../../features/reporting/RecentEvents";
import { FirstStepsRoom, useFirstSteps } from "../../features/reporting/useFirstSteps";
import { Totals } from "../../features/reporting/Totals";
import { useI18n } from "../../lib/i18n";
import { ErrorState, Skeleton } from "../../ui/States";
import { Instant } from "../../ui/Value";
import { PageTitle } from "../../ui/PageTitle";
import "./OverviewPage.css";

const NextRuns = lazy(async () => ({ default: (await import("../../features/reporting/NextRuns")).NextRuns }));
const FirstSteps = lazy(async () => ({ default: (await import("../../features/reporting/FirstSteps")).FirstSteps }));

export default function OverviewPage() {
  const { t } = useI18n();
  const overview = useOverview();
  const isDemo = useSession().data?.demo === true;
  const [mayAudit, mayIssue] = [useMay("audit"), useMay("issue")];
  const steps = useFirstSteps(overview.data);
  if (steps === "unknown" && overview.isPending) return <PageWaiting />;
  return (
    <div className="stack">
      <PageTitle of={t("nav.overview")} />
      <div className="row wrap">
        <h1 className="grow">{t("nav.overview")}</h1>
        {overview.data && <span className="muted small">{t("list.as_of")} <Instant value={overview.data.as_of} seconds /></span>}
      </div>
      {isDemo && <p className="demo-note">{t("overview.demo")}</p>}
      <AttentionStrip />
      {steps === "open" && (overview.data ? <Suspense fallback={<FirstStepsRoom />}><FirstSteps overview={overview.data} /></Suspense> : <FirstStepsRoom />)}
      <KpiCards />
      <div className="overview-columns">
        <div className="stack">
          <Suspense fallback={<div className="card next-runs pad"><Skeleton lines={3} height={40} /></div>}><NextRuns mayIssue={mayIssue} /></Suspense>
          {overview.data ? <Totals overview={overview.data} /> : <Waiting query={overview} lines={3} />}
          {mayAudit ? <RecentEvents /> : <HealthGrid />}
        </div>
        <div className="stack">
          {mayAudit && <HealthGrid />}
          {overview.data ? <GoTo overview={overview.data} /> : <Waiting query={overview} lines={8} />}
        </div>
      </div>
    </div>
  );
}

/** Before anything is known of the house: what comes depends on it, and nothing that is shown may jump. */
function PageWaiting() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("nav.overview")} />
      <h1>{t("nav.overview")}</h1>
      <Skeleton lines={12} height={40} />
    </div>
  );
}

function Waiting({ query, lines }: { query: Pick<ReturnType<typeof useOverview>, "error" | "refetch">; lines: number }) {
  return (
    <div className="card pad">
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <Skeleton lines={lines} height={38} />}
    </div>
  );
}
