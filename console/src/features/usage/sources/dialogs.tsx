/** What the commands of sources ask. A secret goes in and never comes out. */
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { DefinedSource, Source } from "./sourceList";

const path = ({ id }: Source) => ({ path: { source_id: id } });
/** One that is no longer defined has no version that a command could be for. */
const reread = async (source: Source) => {
  const now = await answer(api.GET("/v1/sources/{source_id}", { params: path(source) }));
  return { ...now, version: now.version ?? 0 };
};

export function SourceDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "source_create", touches: ["sources"], send: (body: Body<"/v1/sources">, headers) => api.POST("/v1/sources", { body, headers }) });
  return (
    <CommandDrawer title={t("sources.create")} verb={t("sources.create")} body="SourceBody" wish={{ only: ["id", "name", "addresses", "secret", "line", "signed", "silent_after_s"] }} words="source_form" command={create} onSend={(body) => create.run(body as Body<"/v1/sources">)} onClose={onClose}>
      {() => <p className="small form-note">{t("source.radius_note")}</p>}
    </CommandDrawer>
  );
}

export const ChangeDialog = formDialog<DefinedSource, unknown>({
  fields: "source", touches: ["sources"], reread,
  words: "source_change", title: "source.change", verb: "source.change", body: "SourceChange", form: "source_form",
  given: ({ name, addresses, line, signed, silent_after_s }) => ({
    ...(name === null ? {} : { name }), addresses: addresses.join("\n"), line: line ?? "user", signed: String(signed ?? false), ...(silent_after_s === null ? {} : { silent_after_s: String(silent_after_s) }),
  }),
  send: (source, body, headers) => api.PUT("/v1/sources/{source_id}", { params: path(source), body, headers }),
  note: (_form, { has_secret }) => (has_secret ? <KeptNote /> : null),
});

function KeptNote() {
  const { t } = useI18n();
  return <p className="small form-note">{t("source.secret_kept")}</p>;
}

export const DeleteDialog = confirmDialog<DefinedSource, unknown>({
  words: "source_delete", verb: "source.delete", fields: "source", touches: ["sources"], reread,
  facts: ({ id, name, addresses }, t) => [[t("source.id"), id], name !== null && [t("source.name"), name], addresses.length > 0 && [t("source.addresses"), addresses.join(", ")]],
  send: (source, headers) => api.DELETE("/v1/sources/{source_id}", { params: path(source), headers }),
});
