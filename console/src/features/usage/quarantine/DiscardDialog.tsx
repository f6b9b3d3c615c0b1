/** Gives parked records up for good, with a reason that the list of usage shows. */
import { useId, useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { BulkScope } from "../../../ui/list/spec";
import { Count } from "../../../ui/Value";
import { NotAsWhole, Outcome } from "./Outcome";
import { parkedOf, type Parked } from "./scope";
import type { ParkedQuestion } from "./quarantineList";

const many = 100;
const reason_max = 200;

export default function DiscardDialog({ scope, count, onClose }: { scope: BulkScope<ParkedQuestion>; count: number; onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const [asked] = useState({ parked: parkedOf(scope), count });
  const [reason, setReason] = useState("");
  const [result, setResult] = useState<{ discarded: number; more: boolean } | null>(null);
  const discard = useCommand({
    words: "discard", touches: ["quarantine", "usage"],
    send: (body: Parked & { reason: string }, headers) => api.POST("/v1/usage/quarantine/discard", { body, headers }),
    onDone: (body) => {
      if ("discarded" in body) setResult(body);
    },
  });
  const { parked } = asked;
  if (parked === null) return <NotAsWhole title={t("discard.title")} onClose={onClose} />;
  const send = () => discard.run({ ...parked, reason: reason.trim() });
  if (result) return <Outcome command={discard} more={result.more} onNext={send} onClose={onClose}>{t("quarantine.given_up", { count: result.discarded })}</Outcome>;
  return (
    <ConfirmCommand
      command={discard} words="discard" verb={t("quarantine.discard")} fields="quarantine" ready={reason.trim() !== ""} {...(asked.count > many ? { typed: String(asked.count) } : {})}
      facts={[[t("quarantine.selected"), "filter" in parked ? t("quarantine.as_filtered") : <Count key="count" value={asked.count} />]]}
      onConfirm={send} onClose={onClose}
    >
      <label className="command-reason" htmlFor={id}>
        <span>{t("discard.reason")}</span>
        <input id={id} className="field" required maxLength={reason_max} autoComplete="off" value={reason} onChange={(event) => setReason(event.target.value)} />
      </label>
    </ConfirmCommand>
  );
}
