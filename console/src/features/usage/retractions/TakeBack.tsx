/**
 * Takes back all records of a batch: what it has in it, what follows, why, and above a hundred the count typed.
 *
 * Taken up, the retraction's page opens, which tells how far it is.
 */
import { useId, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Fact } from "../../../ui/Facts";
import { Count } from "../../../ui/Value";
import { reasons, retractionPath, touches, useRetractionsOf, type BatchCounts, type RetractionReason } from "./queries";

const many = 100;
const note_max = 200;

interface Props {
  batch_id: string;
  /** First part of the labels: a file, or a batch of a request. */
  words: "take_back_file" | "take_back_batch";
  facts: readonly Fact[];
  counts: BatchCounts | null;
  children?: ReactNode;
  onClose: () => void;
}

export function TakeBack({ batch_id, words, facts, counts, children, onClose }: Props) {
  const { t } = useI18n();
  const id = useId();
  const navigate = useNavigate();
  const [note, setNote] = useState("");
  const takeBack = useCommand({
    words, touches, subject: (asked: { batch_id: string; reason: RetractionReason; note?: string }) => asked.batch_id,
    send: (body, headers) => api.POST("/v1/usage/retractions", { body, headers }),
    onDone: (body) => {
      if ("id" in body && body.records > 0) void navigate(retractionPath(body.id));
    },
  });
  const before = useRetractionsOf(batch_id).data?.items.reduce((sum, { retracted }) => sum + retracted, 0) ?? 0;
  const count = counts ? Math.max(0, counts.accepted + counts.quarantined - before) : 0;
  return (
    <ConfirmCommand
      command={takeBack} words={words} verb={t("retraction.take_back")} fields="file" reasons={reasons} ready={counts !== null && counts.isCounted && count > 0} {...(count > many ? { typed: String(count) } : {})}
      facts={[
        ...facts,
        counts && [t("file.accepted"), <Count key="counted" value={counts.accepted} />],
        counts && [t("file.quarantined"), <Count key="parked" value={counts.quarantined} />],
        before > 0 && [t("retraction.before"), <Count key="before" value={before} />],
        counts && [t("retraction.to_take_back"), <Count key="all" value={count} />, "sum"],
      ]}
      onConfirm={(reason) => takeBack.run({ batch_id, reason: reason as RetractionReason, ...(note.trim() && { note: note.trim() }) })} onClose={onClose}
    >
      {children}
      <label className="command-reason" htmlFor={id}>
        <span>{t("retraction.note")} <span className="small muted">{t("form.optional")}</span></span>
        <input id={id} className="field" maxLength={note_max} autoComplete="off" value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
    </ConfirmCommand>
  );
}
