/** What the commands of rate tables ask. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { VersionOf } from "./actions";
import { readRateTable } from "./queries";

export function RateTableDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "ratetable_create", touches: ["rate-tables"], send: (body: Body<"/v1/rate-tables">, headers) => api.POST("/v1/rate-tables", { body, headers }) });
  return <CommandDrawer title={t("ratetables.create")} verb={t("ratetables.create")} body="RateTableBody" words="ratetable_form" command={create} onSend={(body) => create.run(body as Body<"/v1/rate-tables">)} onClose={onClose} />;
}

const path = ({ id, version }: VersionOf) => ({ path: { table_id: id, version } });
const common = { fields: "ratetable", touches: ["rate-tables"], reread: ({ id }: VersionOf) => readRateTable(id) };

export const PublishDialog = formDialog<VersionOf, unknown>({
  ...common, words: "ratetable_publish", title: "ratetable.publish", verb: "ratetable.publish", body: "RatePublicationBody", form: "ratetable_form",
  send: (of, body, { "Idempotency-Key": key }) => api.POST("/v1/rate-tables/{table_id}/versions/{version}/publish", { params: path(of), body, headers: { "Idempotency-Key": key } }),
});

export const DiscardDialog = confirmDialog<VersionOf, unknown>({
  ...common, words: "ratetable_discard", verb: "ratetable.discard", facts: ({ name, version, rows }, t) => [[t("ratetable.name"), name], [t("ratetable.version"), String(version)], [t("ratetable.rows"), String(rows)]],
  send: (of, { "Idempotency-Key": key }) => api.POST("/v1/rate-tables/{table_id}/versions/{version}/discard", { params: path(of), headers: { "Idempotency-Key": key } }),
});
