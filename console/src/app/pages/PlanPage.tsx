/** `/plans/:id`, and with `?version=2` its second version: prices, what they come to, and what differs between versions. */
import { lazy } from "react";
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { PlanPrices } from "../../features/rating/plans/PlanPrices";
import { PlanSide } from "../../features/rating/plans/PlanSide";
import { usePlan, type Plan, type Version } from "../../features/rating/plans/queries";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

const PlanVersions = lazy(async () => ({ default: (await import("../../features/rating/plans/PlanVersions")).PlanVersions }));
const Migrations = lazy(async () => ({ default: (await import("../../features/rating/migrations/Migrations")).Migrations }));

export default function PlanPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const mayMove = useMay("write");
  const wanted = useListState().get("version");
  return (
    <DetailPage
      words="plan" id={id} query={usePlan(id)} list={{ to: "/plans", title: t("plans.title") }}
      name={({ name }) => name}
      head={(plan) => (
        <>
          <h1 dir="auto">{versionOf(plan, wanted).name}</h1>
          <CopyButton text={plan.id} />
          <StatusTag kind="plan" status={versionOf(plan, wanted).status} />
          <span className="muted">{t("versions.n", { n: versionOf(plan, wanted).version })}</span>
          <Processing subject={plan.id} />
        </>
      )}
      tabs={[
        { id: "prices", render: (plan) => <PlanPrices plan={plan} version={versionOf(plan, wanted)} /> },
        { id: "versions", render: (plan) => <PlanVersions plan={plan} /> },
        { id: "migrations", render: (plan) => <Migrations plan={plan} mayMove={mayMove} /> },
      ]}
      side={(plan) => <PlanSide plan={plan} version={versionOf(plan, wanted)} />}
    />
  );
}

/** The version that the URL names, else the latest. */
function versionOf(plan: Plan, wanted: string | null): Version {
  return plan.versions.find(({ version }) => String(version) === wanted) ?? plan.versions.find(({ version }) => version === plan.version) ?? plan.versions.at(-1)!;
}
