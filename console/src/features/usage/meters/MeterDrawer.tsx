/** Defines a meter. Its definition never changes, and the form says so before it is sent. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { PersonalNote } from "./PersonalDrawer";

export default function MeterDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "meter_create", touches: ["meters", "pickers", "quarantine"], send: (body: Body<"/v1/meters">, headers) => api.POST("/v1/meters", { body, headers }) });
  return (
    <CommandDrawer title={t("meters.create")} verb={t("meters.create")} body="MeterBody" words="meter_form" command={create} onSend={(body) => create.run(body as Body<"/v1/meters">)} onClose={onClose}>
      {(form) => (
        <>
          {form.values.get("/aggregation") === "unique" && <p className="small form-note">{t("meter.unique_note")}</p>}
          {Array.isArray(form.values.get("/personal")) && (form.values.get("/personal") as unknown[]).length > 0 && <PersonalNote />}
          <p className="small form-note">{t("meter.for_ever")}</p>
        </>
      )}
    </CommandDrawer>
  );
}
