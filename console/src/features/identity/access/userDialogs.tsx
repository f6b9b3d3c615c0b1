/** What the commands about people ask. */
import { useState } from "react";
import { api, type Call } from "../../../lib/api";
import { useI18n, type Key, type Translate } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { ConfirmCommand, type ConfirmWords } from "../../../ui/command/ConfirmCommand";
import { EntitiesField, FormDialog, idsIn, Once, RoleField } from "./parts";
import type { User } from "./userList";

const touches = ["users", "roles"];
const path = ({ id }: User) => ({ path: { user_id: id } });
/** A link that was made, as it is opened; `mailed`: it goes to the person by mail as well. */
interface Made {
  link: string;
  mailed: boolean;
}
const full = ({ link, mailed }: Made): Made => ({ link: `${location.origin}${link}`, mailed });

export function UserDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [made, setMade] = useState<Made | null>(null);
  const create = useCommand({
    words: "user_create", touches, onDone: (user: { link: string | null; mailed?: boolean } | undefined) => (user?.link ? setMade(full({ link: user.link, mailed: user.mailed ?? false })) : onClose()),
    send: (body: { email: string; role: string }) => api.POST("/v1/users", { body }),
  });
  if (made) return <Once title={t("user_link.title")} hint={hint(t, "user_link.invitation", made)} secret={made.link} onClose={onClose} />;
  return (
    <FormDialog side title={t("users.create")} verb={t("users.create")} isBusy={create.isBusy} onClose={onClose} onSend={(form) => create.run({ email: String(form.get("email")), role: String(form.get("role")) })}>
      <label className="command-reason"><span>{t("user_row.email")}</span><input className="field" type="email" name="email" required maxLength={254} autoComplete="off" /></label>
      <RoleField />
      <p className="small muted">{t("user_create.note")}</p>
      <CommandOutcome command={create} fields="user_row" />
    </FormDialog>
  );
}

export function RoleDialog({ thing, onClose }: { thing: User; onClose: () => void }) {
  const { t } = useI18n();
  const give = useCommand({ words: "user_role", touches, onDone: onClose, send: (role: string) => api.PUT("/v1/users/{user_id}/role", { params: path(thing), body: { role } }) });
  return (
    <FormDialog title={t("user_role.title", { name: thing.email })} verb={t("user_row.give_role")} isBusy={give.isBusy} onClose={onClose} onSend={(form) => give.run(String(form.get("role")))}>
      <RoleField value={thing.role} />
      <p>{t("user_role.consequence")}</p>
      <CommandOutcome command={give} fields="user_row" />
    </FormDialog>
  );
}

/** Legal entities, by their ids; with none written, everything is open again. */
export function EntitiesDialog({ thing, onClose }: { thing: User; onClose: () => void }) {
  const { t } = useI18n();
  const hold = useCommand({ words: "user_entities", touches, onDone: onClose, send: (ids: string[]) => api.PUT("/v1/users/{user_id}/legal-entities", { params: path(thing), body: { legal_entities: ids.length > 0 ? ids : null } }) });
  return (
    <FormDialog title={t("user_entities.title", { name: thing.email })} verb={t("user_row.hold_to_entities")} isBusy={hold.isBusy} onClose={onClose} onSend={(form) => hold.run(idsIn(form))}>
      <EntitiesField value={thing.legal_entities} />
      <p>{t("user_entities.consequence")}</p>
      <CommandOutcome command={hold} fields="user_row" />
    </FormDialog>
  );
}

export function LinkDialog({ thing, onClose }: { thing: User; onClose: () => void }) {
  const { t } = useI18n();
  const [made, setMade] = useState<Made | null>(null);
  const make = useCommand({ words: "user_link", touches, onDone: (link: Made | undefined) => link && setMade(full(link)), send: (of: User) => api.POST("/v1/users/{user_id}/password-link", { params: path(of) }) });
  if (made) return <Once title={t("user_link.title")} hint={hint(t, thing.status === "invited" ? "user_link.invitation" : "user_link.reset", made)} secret={made.link} onClose={onClose} />;
  return (
    <FormDialog title={t("user_link.title")} verb={t("user_row.password_link")} isBusy={make.isBusy} onClose={onClose} onSend={() => make.run(thing)}>
      <p>{t("user_link.consequence", { name: thing.email })}</p>
      <CommandOutcome command={make} fields="user_row" />
    </FormDialog>
  );
}

function hint(t: Translate, key: Key, { mailed }: Made): string {
  return mailed ? `${t(key)} ${t("user_link.mailed")}` : t(key);
}

interface Confirming {
  words: ConfirmWords;
  verb: Key;
  send: (of: User) => Promise<Call<unknown>>;
}

function confirmed({ words, verb, send }: Confirming) {
  return function Confirm({ thing, onClose }: { thing: User; onClose: () => void }) {
    const { t } = useI18n();
    const command = useCommand({ words, touches, subject: ({ id }: User) => id, send });
    return <ConfirmCommand command={command} words={words} verb={t(verb)} fields="user_row" facts={[[t("user_row.email"), thing.email]]} onConfirm={() => command.run(thing)} onClose={onClose} />;
  };
}

export const DeactivateDialog = confirmed({ words: "user_deactivate", verb: "user_row.deactivate", send: (of) => api.POST("/v1/users/{user_id}/deactivate", { params: path(of) }) });
export const ReactivateDialog = confirmed({ words: "user_reactivate", verb: "user_row.reactivate", send: (of) => api.POST("/v1/users/{user_id}/reactivate", { params: path(of) }) });
export const EndSessionsDialog = confirmed({ words: "user_sessions", verb: "user_row.end_sessions", send: (of) => api.POST("/v1/users/{user_id}/end-sessions", { params: path(of) }) });
export const UnlinkDialog = confirmed({ words: "user_unlink", verb: "user_row.unlink_provider", send: (of) => api.POST("/v1/users/{user_id}/unlink-provider", { params: path(of) }) });
export const RemoveFactorDialog = confirmed({ words: "user_factor", verb: "user_row.remove_second_factor", send: (of) => api.POST("/v1/users/{user_id}/remove-second-factor", { params: path(of) }) });
