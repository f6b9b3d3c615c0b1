/** On a plan's page: the migrations from it and to it, the way to a new one, and one of them beside the page (`?migration=`). */
import { lazy, Suspense } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { useListState } from "../../../lib/listState";
import { useName } from "../../../lib/names";
import { Card } from "../../../ui/Card";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { BillingDate, Count } from "../../../ui/Value";
import type { Plan } from "../plans/queries";
import { useMigrations, type Migration } from "./queries";

const MigrationDrawer = lazy(() => import("./MigrationDrawer"));
const MigrationPanel = lazy(() => import("./MigrationPanel"));

export function Migrations({ plan, mayMove }: { plan: Plan; mayMove: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const { data, error, refetch } = useMigrations(plan.id);
  const open = list.get("migration");
  const create = <button type="button" className="button primary" disabled={!mayMove} title={mayMove ? undefined : t("state.forbidden")} onClick={() => list.set({ move: "1" })}><Icon name="right" /> {t("migration.create")}</button>;
  return (
    <Card title={t("migration.title")} aside={create} flush>
      {!data && <div className="pad">{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} height={36} />}</div>}
      {data?.items.length === 0 && <EmptyState icon="people" title={t("migration.none")} />}
      {data && data.items.length > 0 && (
        <PlainTable label={t("migration.title")} className="stacked">
          <thead><tr><th scope="col">{t("migration.what")}</th><th scope="col">{t("migration.on")}</th><th scope="col">{t("migration.status")}</th><th scope="col" className="end">{t("migration.moved")}</th><th scope="col" className="end">{t("migration.failed")}</th></tr></thead>
          <tbody>
            {data.items.map((migration) => (
              <tr key={migration.id}>
                <th scope="row"><Link to={list.href({ migration: migration.id })}><What migration={migration} /></Link></th>
                <td data-label={t("migration.on")}><BillingDate value={migration.on} /></td>
                <td data-label={t("migration.status")}><StatusTag kind="migration" status={migration.status} /></td>
                <td className="end" data-label={t("migration.moved")}><Count value={migration.moved} /></td>
                <td className="end" data-label={t("migration.failed")}><Count value={migration.failed} /></td>
              </tr>
            ))}
          </tbody>
        </PlainTable>
      )}
      <Suspense fallback={null}>
        {mayMove && list.get("move") === "1" && <MigrationDrawer plan={plan} onClose={() => list.set({ move: null })} onScheduled={(id) => list.set({ move: null, migration: id })} />}
        {open && <MigrationPanel planId={plan.id} id={open} onClose={() => list.set({ migration: null })} />}
      </Suspense>
    </Card>
  );
}

/** "Fibre 300 version 1 → Fibre 300 version 2". */
export function What({ migration: { from_plan_id, from_version, to_plan_id, to_version } }: { migration: Migration }) {
  const { t } = useI18n();
  const [from, to] = [useName("plan", from_plan_id) ?? from_plan_id, useName("plan", to_plan_id) ?? to_plan_id];
  const named = (plan: string, version: number | null) => (version === null ? plan : t("migration.plan_version", { plan, n: version }));
  return <>{t("migration.from_to", { from: named(from, from_version), to: named(to, to_version) })}</>;
}
