/** What the catalogue's commands ask. */
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Offering } from "./catalogueList";

const path = ({ id }: Offering) => ({ path: { service_id: id } });
const common = { fields: "offering", touches: ["services", "plans"], reread: (of: Offering) => answer(api.GET("/v1/services/{service_id}", { params: path(of) })) };

export function OfferingDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "offering_create", touches: ["services"], send: (body: Body<"/v1/services">, headers) => api.POST("/v1/services", { body, headers }) });
  return <CommandDrawer title={t("catalogue.create")} verb={t("catalogue.create")} body="ServiceBody" words="offering_form" command={create} onSend={(body) => create.run(body as Body<"/v1/services">)} onClose={onClose} />;
}

export const UpdateDialog = formDialog<Offering, unknown>({
  ...common, words: "offering_update", title: "offering.update", verb: "offering.update", body: "ServiceChange", form: "offering_form",
  given: ({ name, kind, code, meters, tax_class, description }) => ({ name, kind, code, meters: meters.join("\n"), tax_class: tax_class ?? "", description: description ?? "" }),
  send: (of, body, headers) => api.PUT("/v1/services/{service_id}", { params: path(of), body, headers }),
});

export const DeleteDialog = confirmDialog<Offering, unknown>({
  ...common, words: "offering_delete", verb: "offering.delete", facts: ({ name, code }, t) => [[t("offering.name"), name], [t("offering.code"), code]],
  send: (of, headers) => api.DELETE("/v1/services/{service_id}", { params: path(of), headers }),
});
