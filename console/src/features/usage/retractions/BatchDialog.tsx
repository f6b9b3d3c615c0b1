/** Takes back what one request of a program brought, by the id that it was answered with. */
import { useId, useState } from "react";
import { useI18n } from "../../../lib/i18n";
import { useRested } from "../../../lib/rested";
import { useBatch } from "./queries";
import { TakeBack } from "./TakeBack";
import "../../../ui/form/form.css";

const id_max = 200;
const rest_ms = 300;

export default function BatchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const [text, setText] = useState("");
  const batch_id = useRested(text.trim(), rest_ms);
  const { data: counts, error } = useBatch(batch_id);
  const problem = batch_id === "" ? null : counts === null ? t("retraction.no_batch") : error ? t("retraction.batch_unknown") : counts && !counts.isCounted ? t("retraction.batch_pending") : null;
  return (
    <TakeBack batch_id={batch_id} words="take_back_batch" counts={counts ?? null} facts={[]} onClose={onClose}>
      <label className="command-reason" htmlFor={id}>
        <span>{t("retraction.batch_id")}</span>
        <input id={id} className="field" dir="ltr" autoComplete="off" maxLength={id_max} aria-invalid={problem !== null} aria-describedby={`${id}-more`} value={text} onChange={(event) => setText(event.target.value)} />
        <span id={`${id}-more`} className="small">{problem ? <span className="form-problem" role="alert">{problem}</span> : <span className="muted">{t("retraction.batch_hint")}</span>}</span>
      </label>
    </TakeBack>
  );
}
