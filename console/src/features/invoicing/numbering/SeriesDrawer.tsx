/** Opens a numbering series: its first numbers are shown as its pattern is written, for it is said once. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import type { Form } from "../../../lib/form/useForm";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { examples } from "./pattern";

export default function SeriesDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const open = useCommand({ words: "series_open", touches: ["numbering-series"], send: (body: Body<"/v1/numbering-series">, headers) => api.POST("/v1/numbering-series", { body, headers: { "Idempotency-Key": headers["Idempotency-Key"] } }) });
  return (
    <CommandDrawer
      title={t("numbering.open")} verb={t("numbering.open")} body="SeriesBody" words="series_form" command={open} given={{ kind: "invoice", pattern: "{year}-{n:05}", reset: "year" }}
      onSend={(body) => open.run(body as Body<"/v1/numbering-series">)} onClose={onClose}
    >
      {(form) => <FirstNumbers form={form} />}
    </CommandDrawer>
  );
}

function FirstNumbers({ form }: { form: Pick<Form, "values"> }) {
  const { t } = useI18n();
  const first = examples(String(form.values.get("/pattern") ?? "").trim(), useToday());
  return (
    <div className="stack tight" aria-live="polite">
      <p className="small muted">{t("numbering.hint")}</p>
      {first ? <p>{t("numbering.first")} <strong className="number" dir="ltr">{first.join(", ")}, …</strong></p> : <p className="form-problem">{t("numbering.no_pattern")}</p>}
      <p className="small muted">{t("numbering.once")}</p>
    </div>
  );
}
