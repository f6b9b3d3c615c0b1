/** What the dialogs of access share: a role to choose, and a secret that is shown this once. */
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { CopyButton } from "../../../ui/CopyButton";
import { Dialog } from "../../../ui/Dialog";
import { RoleName } from "./userList";
import "../../../ui/command/command.css";
import "../own/own.css";

export const rolesQuery = { queryKey: ["roles"], queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET("/v1/roles", { signal })) };

export function RoleField({ value }: { value?: string }) {
  const { t } = useI18n();
  const { data } = useQuery(rolesQuery);
  const names = data?.items.map(({ name }) => name) ?? (value ? [value] : []);
  return (
    <label className="command-reason">
      <span>{t("access.role")}</span>
      <select className="field" name="role" required defaultValue={value ?? ""} key={names.join()}>
        {!value && <option value="">{t("command.choose")}</option>}
        {names.map((name) => <option key={name} value={name}><RoleName role={name} /></option>)}
      </select>
    </label>
  );
}

export function EntitiesField({ value }: { value?: readonly string[] | null }) {
  const { t } = useI18n();
  return <label className="command-reason"><span>{t("access.entities")}</span><input className="field" name="entities" dir="ltr" maxLength={2000} defaultValue={value?.join(" ")} /></label>;
}

export function idsIn(form: FormData): string[] {
  return String(form.get("entities") ?? "").split(/[\s,]+/).filter(Boolean);
}

/** A secret: closed, it is gone. */
export function Once({ title, hint, secret, onClose }: { title: string; hint: string; secret: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog title={title} onClose={onClose} footer={<button type="button" className="button primary" onClick={onClose}>{t("access.kept")}</button>}>
      <div className="stack">
        <p>{hint}</p>
        <p><code dir="ltr" className="factor-secret">{secret}</code> <CopyButton text={secret} /></p>
      </div>
    </Dialog>
  );
}

/** A dialog with a form of the browser's own, for a few fields. */
export function FormDialog({ title, verb, isBusy, onSend, onClose, children, side = false }: { title: string; verb: string; isBusy: boolean; onSend: (form: FormData) => void; onClose: () => void; children: ReactNode; side?: boolean }) {
  const { t } = useI18n();
  return (
    <Dialog
      title={title} onClose={onClose} side={side}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>{t("action.cancel")}</button>
          <button type="submit" form="access-form" className="button primary" disabled={isBusy}>{isBusy ? t("command.processing") : verb}</button>
        </>
      }
    >
      <form
        id="access-form" className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSend(new FormData(event.currentTarget));
        }}
      >
        {children}
      </form>
    </Dialog>
  );
}
