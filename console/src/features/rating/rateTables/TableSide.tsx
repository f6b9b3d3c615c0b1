/** Beside a rate table's page: what may be done, and its facts. */
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { BillingDate, Count, Instant, Nothing } from "../../../ui/Value";
import { rateTableActions } from "./actions";
import { versionInForce, type RateTable } from "./queries";
import { Lookup } from "./TableParts";

export function TableSide({ table }: { table: RateTable }) {
  const { t } = useI18n();
  const now = versionInForce(table.versions, useToday());
  return (
    <aside className="stack" aria-label={t("ratetable.summary")}>
      <ActionButtons thing={table} actions={rateTableActions} />
      <Card title={t("ratetable.facts")}>
        <Facts
          facts={[
            [t("ratetable.currency"), table.currency ?? <Nothing />],
            [t("ratetable.in_force"), now ? t("ratetable.n", { n: now.version }) : <Nothing />],
            [t("ratetable.since"), <BillingDate key="since" value={now?.effective_from} />],
            [t("ratetable.rows"), <Count key="rows" value={now?.rows} />],
            [t("ratetable.versions"), <Count key="versions" value={table.version} />],
            [t("ratetable.defined_at"), <Instant key="defined" value={table.defined_at} />],
          ]}
        />
      </Card>
      <Lookup table={table} />
    </aside>
  );
}
