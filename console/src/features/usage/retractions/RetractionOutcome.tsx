/** How far a retraction is, how many of its records are where, and why some could not be taken back. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { Facts } from "../../../ui/Facts";
import { Progress } from "../../../ui/Progress";
import { Count } from "../../../ui/Value";
import type { Retraction } from "./queries";

export function RetractionOutcome({ retraction }: { retraction: Retraction }) {
  const { t } = useI18n();
  const label = useLabel();
  const { records, retracted, moved = 0, restored, refused, pending, status } = retraction;
  return (
    <Card title={t("retraction.outcome")}>
      <div className="stack">
        {status === "pending" && (
          <div className="stack tight" role="status">
            <Progress label={t("retraction.progress")} share={String((records - pending) / Math.max(1, records))} />
            <span className="small muted">{t("retraction.so_far", { count: records - pending })}</span>
          </div>
        )}
        <Facts
          facts={[
            [t("retraction.taken_back"), <Count key="retracted" value={retracted - moved} />],
            moved > 0 && [t("retraction.moved"), <Count key="moved" value={moved} />],
            [t("retraction.restored"), <Count key="restored" value={restored} />],
            pending > 0 && [t("retraction.pending"), <Count key="pending" value={pending} />],
            ...Object.entries(refused).map(([code, count]) => [t("retraction.refused_for", { reason: label(`retraction_refused.${code}`, code) }), <Count key={code} value={count} />] as const),
            [t("retraction.records"), <Count key="records" value={records} />, "sum"],
          ]}
        />
        <p className="small muted">{t(hintOf(retraction))}</p>
      </div>
    </Card>
  );
}

function hintOf({ retracted, resource_id }: Retraction) {
  if (resource_id) return "retraction.hint_reassigned";
  return retracted > 0 ? "retraction.hint" : "retraction.hint_nothing";
}
