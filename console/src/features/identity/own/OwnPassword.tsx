/** Another password: the one that holds is asked for again, and every other session ends. */
import { useRef, type SubmitEvent } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { PASSWORD_MIN } from "../LinkForm";
import { PasswordInput } from "../PasswordInput";

export function OwnPassword() {
  const { t } = useI18n();
  const form = useRef<HTMLFormElement>(null);
  const change = useCommand({
    words: "password_change", touches: ["own-sessions"], onDone: () => form.current?.reset(),
    send: (body: { password: string; new_password: string }) => api.POST("/v1/session/password", { body }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = new FormData(event.currentTarget);
    change.run({ password: String(written.get("old-password")), new_password: String(written.get("new-password")) });
  };
  return (
    <Card title={t("own.password")}>
      <form ref={form} className="login own-form" onSubmit={submit}>
        <label htmlFor="old-password">{t("own.password_now")}</label>
        <PasswordInput id="old-password" autoComplete="current-password" />
        <label htmlFor="new-password">{t("own.password_new")}</label>
        <PasswordInput id="new-password" autoComplete="new-password" minLength={PASSWORD_MIN} />
        <CommandOutcome command={change} fields="own" />
        <button type="submit" className="button primary" disabled={change.isBusy}>{t("own.password_change")}</button>
      </form>
    </Card>
  );
}
