/** `/plans/new`, `/plans/:id/edit` (its draft) and `/plans/:id/next` (its next version): the editor. */
import { useLocation, useParams } from "react-router";
import { Link } from "react-router";
import { useMay } from "../../features/identity/session";
import { PlanEditor } from "../../features/rating/plans/editor/PlanEditor";
import { planPath, usePlan } from "../../features/rating/plans/queries";
import { useI18n } from "../../lib/i18n";
import { isStatus } from "../../lib/problem";
import { PageTitle } from "../../ui/PageTitle";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";

export default function PlanEditorPage() {
  const { t } = useI18n();
  const { id } = useParams();
  const { pathname } = useLocation();
  const mode = id === undefined ? "new" : pathname.endsWith("/edit") ? "edit" : "next";
  const mayWrite = useMay("write");
  const { data: plan, error, refetch } = usePlan(id ?? "", id !== undefined);
  const title = t(mode === "new" ? "plans.create" : mode === "edit" ? "editor.edit" : "editor.next", { name: plan?.name ?? id ?? "" });
  return (
    <div className="stack">
      <PageTitle of={title} />
      <nav aria-label={t("shell.breadcrumb")} className="breadcrumb no-print small">
        <Link to="/plans">{t("plans.title")}</Link> <span className="muted" aria-hidden="true">/</span> {id !== undefined && <><Link to={planPath(id)} dir="ltr">{plan?.name ?? id}</Link> <span className="muted" aria-hidden="true">/</span></>} <span className="muted">{title}</span>
      </nav>
      {!mayWrite ? <><h1 className="visually-hidden">{title}</h1><EmptyState icon="lock" title={t("state.forbidden")}><p className="muted">{t("state.forbidden_hint")}</p></EmptyState></>
        : mode === "new" ? <PlanEditor mode={mode} plan={null} />
        : plan ? <PlanEditor key={`${id} ${mode}`} mode={mode} plan={plan} />
        : isStatus(error, 404) ? <><h1 className="visually-hidden">{title}</h1><EmptyState icon="search" title={t("plan.not_found", { id: id ?? "" })}><Link to="/plans">{t("plan.back")}</Link></EmptyState></>
        : error ? <><h1 className="visually-hidden">{title}</h1><ErrorState error={error} onRetry={() => void refetch()} /></> : <><h1 className="visually-hidden">{title}</h1><Skeleton lines={12} height={40} /></>}
    </div>
  );
}
