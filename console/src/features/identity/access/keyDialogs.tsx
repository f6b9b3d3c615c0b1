/** What the commands about API keys ask; a key is shown once. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { ApiKey } from "./keyList";
import { FormDialog, Once, RoleField } from "./parts";

const touches = ["api-keys", "roles"];
const path = ({ id }: ApiKey) => ({ path: { key_id: id } });

interface Written {
  name: string;
  role: string;
  scopes: string[] | null;
  expires_at: string | null;
}

export function KeyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [key, setKey] = useState<string | null>(null);
  const create = useCommand({ words: "key_create", touches, onDone: (made: { key: string } | undefined) => made && setKey(made.key), send: (body: Written, headers) => api.POST("/v1/api-keys", { body, headers }) });
  if (key) return <Once title={t("key_secret.title")} hint={t("key_secret.hint")} secret={key} onClose={onClose} />;
  return (
    <FormDialog side title={t("keys.create")} verb={t("keys.create")} isBusy={create.isBusy} onClose={onClose} onSend={(form) => create.run(written(form))}>
      <label className="command-reason"><span>{t("key_row.name")}</span><input className="field" name="name" required maxLength={100} autoComplete="off" /></label>
      <RoleField />
      <label className="command-reason"><span>{t("key_create.scopes")}</span><textarea className="field" name="scopes" rows={4} dir="ltr" placeholder="invoices:read" aria-describedby="scopes-hint" /></label>
      <p id="scopes-hint" className="small muted">{t("key_create.scopes_hint")}</p>
      <label className="command-reason"><span>{t("key_create.expires")}</span><input className="field" type="date" name="expires" /></label>
      <CommandOutcome command={create} fields="key_row" />
    </FormDialog>
  );
}

function written(form: FormData): Written {
  const scopes = String(form.get("scopes")).split(/\s+/).filter(Boolean);
  const day = String(form.get("expires"));
  return { name: String(form.get("name")), role: String(form.get("role")), scopes: scopes.length > 0 ? scopes : null, expires_at: day ? `${day}T00:00:00Z` : null };
}

export function RotateDialog({ thing, onClose }: { thing: ApiKey; onClose: () => void }) {
  const { t } = useI18n();
  const [key, setKey] = useState<string | null>(null);
  const rotate = useCommand({ words: "key_rotate", touches, onDone: (made: { key: string } | undefined) => made && setKey(made.key), send: (overlap_hours: number) => api.POST("/v1/api-keys/{key_id}/rotate", { params: path(thing), body: { overlap_hours } }) });
  if (key) return <Once title={t("key_secret.title")} hint={t("key_secret.hint")} secret={key} onClose={onClose} />;
  return (
    <FormDialog title={t("key_rotate.title", { name: thing.name })} verb={t("key_row.rotate")} isBusy={rotate.isBusy} onClose={onClose} onSend={(form) => rotate.run(Number(form.get("hours")))}>
      <label className="command-reason"><span>{t("key_rotate.hours")}</span><input className="field" type="number" name="hours" min={0} max={168} defaultValue={24} required /></label>
      <CommandOutcome command={rotate} fields="key_row" />
    </FormDialog>
  );
}

export function RevokeDialog({ thing, onClose }: { thing: ApiKey; onClose: () => void }) {
  const { t } = useI18n();
  const revoke = useCommand({ words: "key_revoke", touches, subject: ({ id }: ApiKey) => id, send: (of: ApiKey) => api.DELETE("/v1/api-keys/{key_id}", { params: path(of) }) });
  return <ConfirmCommand command={revoke} words="key_revoke" verb={t("key_row.revoke")} fields="key_row" facts={[[t("key_row.name"), thing.name], [t("key_row.id"), thing.id]]} onConfirm={() => revoke.run(thing)} onClose={onClose} />;
}
