/** One migration: how far it is, what came of it at each customer, and the way to take it back while its day has not come. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { numberFormat } from "../../../lib/intl";
import { isStatus } from "../../../lib/problem";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import type { Actions } from "../../../ui/command/actions";
import { confirmDialog } from "../../../ui/command/dialogs";
import { Dialog } from "../../../ui/Dialog";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { QuickTabs } from "../../../ui/Tabs";
import { BillingDate, Count, Instant } from "../../../ui/Value";
import { useListState } from "../../../lib/listState";
import { CustomerLink, CustomerNames } from "../CustomerNames";
import { What } from "./Migrations";
import { isWorking, readMigration, resultsShown, useMigration, useResults, type Migration, type Outcome } from "./queries";

type Shown = Migration & { version: number; planId: string };

// A migration has no versions: what is asked is asked of it as it is.
const CancelDialog = confirmDialog<Shown, unknown>({
  words: "migration_cancel", verb: "migration.cancel", fields: "migration", touches: ["migrations", "subscriptions"],
  facts: (migration, t) => [[t("migration.what"), <What key="what" migration={migration} />], [t("migration.on"), <BillingDate key="on" value={migration.on} />], [t("migration.moved"), String(migration.moved)]],
  send: ({ planId, id }, { "Idempotency-Key": key }) => api.POST("/v1/plans/{plan_id}/migrations/{migration_id}/cancel", { params: { path: { plan_id: planId, migration_id: id } }, headers: { "Idempotency-Key": key } }),
  reread: async ({ planId, id }) => ({ ...(await readMigration(planId, id)), version: 0 }),
});

const actions: Actions<Shown> = { links: [], commands: { cancel: { icon: "void", label: "migration.cancel", Dialog: CancelDialog } } };

export default function MigrationPanel({ planId, id, onClose }: { planId: string; id: string; onClose: () => void }) {
  const { t } = useI18n();
  const { data, error, refetch } = useMigration(planId, id);
  return (
    <Dialog title={t("migration.one")} onClose={onClose} side>
      {data ? <Panel migration={{ ...data, version: 0, planId }} />
        : isStatus(error, 404) ? <EmptyState icon="search" title={t("migration.not_found", { id })} />
        : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={10} height={32} />}
    </Dialog>
  );
}

function Panel({ migration }: { migration: Shown }) {
  const { t } = useI18n();
  const { status, moved, failed, cancelled, accounts, on, scheduled_at, scheduled_by } = migration;
  return (
    <div className="stack">
      <p><strong><What migration={migration} /></strong> <StatusTag kind="migration" status={status} /></p>
      {isWorking(migration) && <progress className="import-progress" aria-label={t("job.progress")} />}
      <ActionButtons thing={migration} actions={actions} />
      <Facts
        facts={[
          [t("migration.on"), <BillingDate key="on" value={on} />],
          [t("migration.customers"), accounts === null ? t("migration.everybody") : <Count key="accounts" value={accounts} />],
          [t("migration.moved"), <Count key="moved" value={moved} />],
          [t("migration.failed"), <Count key="failed" value={failed} />],
          cancelled > 0 && [t("migration.cancelled"), <Count key="cancelled" value={cancelled} />],
          [t("migration.scheduled_at"), <Instant key="at" value={scheduled_at} />],
          scheduled_by !== null && [t("migration.scheduled_by"), <span key="by" dir="auto">{scheduled_by}</span>],
        ]}
      />
      <Results migration={migration} />
    </div>
  );
}

const outcomes = ["failed", "moved", "cancelled"] as const;

function Results({ migration }: { migration: Shown }) {
  const { t, locale } = useI18n();
  const list = useListState();
  const outcome: Outcome | null = outcomes.find((one) => one === list.get("outcome")) ?? null;
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useResults(migration.planId, migration.id, outcome, page, isWorking(migration));
  const pages = Math.max(1, Math.ceil((data?.total ?? 0) / resultsShown));
  return (
    <section className="stack" aria-labelledby="migration-results">
      <h3 id="migration-results">{t("migration.results")}</h3>
      <QuickTabs label={t("migration.results")} current={outcome ?? "all"} tabs={[{ id: "all", label: t("migration.all"), to: list.href({ outcome: null }) }, ...outcomes.map((one) => ({ id: one, label: t(`migration.${one}`), to: list.href({ outcome: one }) }))]} />
      {data ? (
        data.items.length === 0 ? <p className="muted">{t("migration.no_results")}</p> : (
          <CustomerNames ids={data.items.map(({ account_id }) => account_id)}>
            <PlainTable label={t("migration.results")}>
              <thead><tr><th scope="col">{t("migration.customer")}</th><th scope="col">{t("migration.outcome")}</th></tr></thead>
              <tbody>
                {data.items.map(({ subscription_id, account_id, outcome: came, detail, code }) => (
                  <tr key={subscription_id}>
                    <th scope="row"><CustomerLink id={account_id} /> <span className="small muted" dir="ltr">{subscription_id}</span></th>
                    <td>{t(`migration.${came}`)}{(detail ?? code) !== null && <p className="small form-problem"><bdi>{detail ?? code}</bdi></p>}</td>
                  </tr>
                ))}
              </tbody>
            </PlainTable>
            {pages > 1 && (
              <nav className="row" aria-label={t("list.pages")}>
                <span className="grow number muted">{numberFormat(locale).format(data.total)}</span>
                <button type="button" className="button icon" aria-label={t("list.previous")} disabled={page <= 1} onClick={() => setPage(page - 1)}><Icon name="left" /></button>
                <button type="button" className="button icon" aria-label={t("list.next")} disabled={page >= pages} onClick={() => setPage(page + 1)}><Icon name="right" /></button>
              </nav>
            )}
          </CustomerNames>
        )
      ) : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />}
    </section>
  );
}
