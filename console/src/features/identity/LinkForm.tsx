/** Sets a password by a link. What stands behind the # of the address is the link; it is taken out of the address at once. */
import { useEffect, useState, type SubmitEvent } from "react";
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { ApiProblem } from "../../lib/problem";
import { Icon } from "../../ui/Icon";
import { PasswordInput } from "./PasswordInput";
import "./LoginForm.css";

export const PASSWORD_MIN = 8;

export function LinkForm({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const [link] = useState(() => location.hash.slice(1));
  useEffect(() => history.replaceState(history.state, "", location.pathname), []);
  const set = useMutation({ mutationFn: (password: string) => answer(api.POST("/v1/session/password-link", { body: { link, password } })) });

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    set.mutate(String(new FormData(event.currentTarget).get("new-password")), { onSuccess: onDone });
  };
  if (!link) return <p role="alert" className="login-error"><Icon name="error" /> {t("setpassword.no_link")}</p>;
  return (
    <form className="login" onSubmit={submit}>
      {set.error && <p role="alert" className="login-error"><Icon name="error" /> {set.error instanceof ApiProblem ? (set.error.detail ?? set.error.title) : t("state.unreachable")}</p>}
      <label htmlFor="new-password">{t("setpassword.new")}</label>
      <PasswordInput id="new-password" autoComplete="new-password" minLength={PASSWORD_MIN} />
      <p className="small muted">{t("setpassword.hint")}</p>
      <button type="submit" className="button primary" disabled={set.isPending}>{t("setpassword.submit")}</button>
    </form>
  );
}
