/** Hands a month to bookkeeping; a month that is closed with it stays as it is. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";

type Asked = Body<"/v1/journal-exports">;

export function ExportDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "journal_export_create", touches: ["journal-exports", "journal"], send: (body: Asked, headers) => api.POST("/v1/journal-exports", { body, headers }) });
  return (
    <CommandDrawer
      title={t("journal_exports.create")} verb={t("journal_exports.create")} body="JournalExportBody" words="journal_export_form" command={create} given={{ closes: "true" }}
      onSend={(body) => create.run(body as Asked)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("journal_exports.note")}</p>}
    </CommandDrawer>
  );
}
