/** Makes, changes and deletes a role of one's own. */
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { FormDialog } from "./parts";
import type { Role } from "./Roles";
import { RoleName } from "./userList";

const touches = ["roles"];
const bases = ["billing", "support", "auditor", "ingest"] as const;

interface Written {
  id: string;
  based_on: (typeof bases)[number];
  description: string;
  scopes: string[];
}

/** `of` null: another one is made. */
export function RoleDrawer({ of: role, onClose }: { of: Role | null; onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "role_create", touches, onDone: onClose, send: (body: Written) => api.POST("/v1/roles", { body }) });
  const change = useCommand({
    words: "role_change", touches, onDone: onClose, version: () => role?.version ?? 0,
    reread: async () => ({ version: (await answer(api.GET("/v1/roles"))).items.find(({ name }) => name === role?.name)?.version ?? 0 }),
    send: ({ description, scopes }: Written, headers) => api.PUT("/v1/roles/{role_id}", { params: { path: { role_id: role?.name ?? "" } }, body: { description, scopes }, headers }),
  });
  const command = role ? change : create;
  const verb = t(role ? "role_row.update" : "roles.create");
  return (
    <FormDialog side title={role ? role.name : verb} verb={verb} isBusy={command.isBusy} onClose={onClose} onSend={(form) => command.run(written(form), role ?? {})}>
      {!role && (
        <>
          <label className="command-reason"><span>{t("role_form.id")}</span><input className="field" name="id" required pattern="[a-z][a-z0-9_\-]+" maxLength={32} dir="ltr" /></label>
          <label className="command-reason"><span>{t("role_form.based_on")}</span><select className="field" name="based_on">{bases.map((base) => <option key={base} value={base}><RoleName role={base} /></option>)}</select></label>
        </>
      )}
      <label className="command-reason"><span>{t("role_form.description")}</span><input className="field" name="description" maxLength={200} defaultValue={role?.description} /></label>
      <label className="command-reason"><span>{t("role_form.scopes")}</span><textarea className="field" name="scopes" rows={6} required dir="ltr" defaultValue={role?.scopes.join("\n")} /></label>
      <p className="small muted">{t("key_create.scopes_hint")}</p>
      <CommandOutcome command={command} fields="role_row" />
    </FormDialog>
  );
}

function written(form: FormData): Written {
  const text = (name: string) => String(form.get(name) ?? "");
  return { id: text("id"), based_on: text("based_on") as Written["based_on"], description: text("description"), scopes: text("scopes").split(/\s+/).filter(Boolean) };
}

export function DeleteRole({ of: role, onClose }: { of: Role; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useCommand({ words: "role_delete", touches, send: (id: string) => api.DELETE("/v1/roles/{role_id}", { params: { path: { role_id: id } } }) });
  return <ConfirmCommand command={remove} words="role_delete" verb={t("role_row.delete")} fields="role_row" facts={[[t("role_row.name"), role.name]]} onConfirm={() => remove.run(role.name)} onClose={onClose} />;
}
