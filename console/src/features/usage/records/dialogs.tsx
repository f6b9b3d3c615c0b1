/** Ask why a record is retracted, restored or corrected, and give the command. */
import { useId, useState } from "react";
import { api, type Body } from "../../../lib/api";
import { readDecimal, written } from "../../../lib/form/number";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Fact } from "../../../ui/Facts";
import { Instant, Quantity } from "../../../ui/Value";
import type { RecordDetail } from "./queries";

interface Props {
  thing: RecordDetail;
  onClose: () => void;
}

type Reason = Body<"/v1/usage/retractions">["reason"];

const reasons: readonly Reason[] = ["duplicate", "wrong_quantity", "wrong_time", "wrong_line", "bad_file", "test_data", "other"];
const touches = ["usage", "customers"];

export function RetractDialog({ thing: record, onClose }: Props) {
  const { t } = useI18n();
  const facts = useFacts(record);
  const retract = useCommand({
    words: "retract", touches, subject: ({ citation }: RecordDetail & { why: Reason }) => citation,
    send: ({ citation, why }, headers) => api.POST("/v1/usage/retractions", { body: { records: [citation], reason: why }, headers }),
  });
  return (
    <ConfirmCommand
      command={retract} words="retract" verb={t("usage_record.retract")} fields="usage" facts={facts} reasons={reasons}
      onConfirm={(why) => retract.run({ ...record, why: why as Reason }, record)} onClose={onClose}
    />
  );
}

export function RestoreDialog({ thing: record, onClose }: Props) {
  const { t } = useI18n();
  const facts = useFacts(record);
  const restore = useCommand({
    words: "restore_usage", touches, subject: ({ citation }: RecordDetail) => citation,
    send: ({ citation, retraction }, headers) =>
      api.POST("/v1/usage/retractions/{retraction_id}/restore", { params: { path: { retraction_id: retraction?.id ?? "" } }, body: { records: [citation] }, headers }),
  });
  return (
    <ConfirmCommand
      command={restore} words="restore_usage" verb={t("usage_record.restore")} fields="usage" facts={facts}
      onConfirm={() => restore.run(record, record)} onClose={onClose}
    />
  );
}

export function CorrectDialog({ thing: record, onClose }: Props) {
  const { t } = useI18n();
  const id = useId();
  const facts = useFacts(record);
  const [quantity, setQuantity] = useState(written(record.quantity ?? ""));
  const [resource, setResource] = useState(record.resource ?? "");
  const correct = useCommand({
    words: "correct_usage", touches, subject: ({ record: citation }: Body<"/v1/usage/corrections">) => citation,
    send: (body, headers) => api.POST("/v1/usage/corrections", { body, headers }),
  });
  const counts = readDecimal(quantity);
  const given = {
    ...(counts !== null && counts !== record.quantity ? { quantity: counts } : {}),
    ...(resource.trim() !== record.resource ? { resource: resource.trim() } : {}),
  };
  const send = (why: string | null) => correct.run({ record: record.citation, reason: why as Reason, ...given }, record);
  return (
    <ConfirmCommand
      command={correct} words="correct_usage" verb={t("usage_record.correct")} fields="usage" facts={facts} reasons={reasons}
      ready={Object.keys(given).length > 0 && counts !== null && resource.trim() !== ""} onConfirm={send} onClose={onClose}
    >
      <label className="command-reason" htmlFor={`${id}-quantity`}>
        <span>{t("usage_record.counts_instead")}</span>
        <input id={`${id}-quantity`} className="field" inputMode="decimal" autoComplete="off" value={quantity} aria-invalid={counts === null} onChange={(event) => setQuantity(event.target.value)} />
      </label>
      <label className="command-reason" htmlFor={`${id}-resource`}>
        <span>{t("usage.resource")}</span>
        <input id={`${id}-resource`} className="field" autoComplete="off" dir="ltr" value={resource} onChange={(event) => setResource(event.target.value)} />
      </label>
    </ConfirmCommand>
  );
}

function useFacts({ source, id, quantity, meter, started_at }: RecordDetail): readonly Fact[] {
  const { t } = useI18n();
  return [
    [t("usage.source"), <span key="source" dir="ltr">{source}</span>],
    [t("usage.id"), <code key="id" dir="ltr">{id}</code>],
    [t("usage.quantity"), <Quantity key="quantity" value={quantity} meter={meter} />],
    [t("usage.event_time"), <Instant key="at" value={started_at} seconds />],
  ];
}
