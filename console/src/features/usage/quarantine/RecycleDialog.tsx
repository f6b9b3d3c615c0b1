/** Tries parked records once more, and tells how many are counted now and how many still wait. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { BulkScope } from "../../../ui/list/spec";
import { Count } from "../../../ui/Value";
import { NotAsWhole, Outcome } from "./Outcome";
import { parkedOf, type Parked } from "./scope";
import type { ParkedQuestion } from "./quarantineList";

/** From so many on their number is typed. */
const many = 100;

export default function RecycleDialog({ scope, count, onClose }: { scope: BulkScope<ParkedQuestion>; count: number; onClose: () => void }) {
  const { t } = useI18n();
  // What was asked for stays the same while it is done, whatever the list behind it reads.
  const [asked] = useState({ parked: parkedOf(scope), count });
  const [result, setResult] = useState<{ recycled: number; still_quarantined: number; more: boolean } | null>(null);
  const recycle = useCommand({
    words: "recycle", touches: ["quarantine", "usage"],
    send: (body: Parked, headers) => api.POST("/v1/usage/quarantine/recycle", { body, headers }),
    onDone: (body) => {
      if ("recycled" in body) setResult(body);
    },
  });
  const { parked } = asked;
  if (parked === null) return <NotAsWhole title={t("recycle.title")} onClose={onClose} />;
  if (result) {
    return (
      <Outcome command={recycle} more={result.more} onNext={() => recycle.run(parked)} onClose={onClose}>
        {t("quarantine.counted", { count: result.recycled })}, {t("quarantine.still", { count: result.still_quarantined })}
      </Outcome>
    );
  }
  return (
    <ConfirmCommand
      command={recycle} words="recycle" verb={t("quarantine.recycle")} fields="quarantine" {...(asked.count > many ? { typed: String(asked.count) } : {})}
      facts={[[t("quarantine.selected"), "filter" in parked ? t("quarantine.as_filtered") : <Count key="count" value={asked.count} />]]}
      onConfirm={() => recycle.run(parked)} onClose={onClose}
    />
  );
}
