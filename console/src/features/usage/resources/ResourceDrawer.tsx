/** Registers a resource by the name that the equipment has for the line. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";

export default function ResourceDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const register = useCommand({ words: "resource_register", touches: ["resources"], send: (body: Body<"/v1/resources">, headers) => api.POST("/v1/resources", { body, headers }) });
  return (
    <CommandDrawer title={t("resources.create")} verb={t("resources.create")} body="ResourceBody" words="resource_form" command={register} onSend={(body) => register.run(body as Body<"/v1/resources">)} onClose={onClose}>
      {() => <p className="small form-note">{t("resource.names_note")}</p>}
    </CommandDrawer>
  );
}
