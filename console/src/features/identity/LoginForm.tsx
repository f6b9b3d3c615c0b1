/**
 * Email and password, in the browser's own inputs: password managers and paste work, and no form library loads.
 *
 * A refusal is summed up above the fields and takes the focus; after too many tries it tells how long to wait.
 */
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { useI18n, type Translate } from "../../lib/i18n";
import { ApiProblem } from "../../lib/problem";
import { Icon } from "../../ui/Icon";
import { useLogIn } from "./session";
import "./LoginForm.css";

export function LoginForm({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  const logIn = useLogIn();
  const summary = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (logIn.error) summary.current?.focus();
  }, [logIn.error]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    logIn.mutate({ email: String(form.get("email")), password: String(form.get("password")) }, { onSuccess: onDone });
  };

  return (
    <form className="login" onSubmit={submit} aria-describedby={logIn.error ? "login-error" : undefined}>
      {logIn.error && (
        <div ref={summary} id="login-error" className="login-error" role="alert" tabIndex={-1}>
          <Icon name="error" /> {reason(logIn.error, t)}
        </div>
      )}
      <label htmlFor="email">{t("login.email")}</label>
      <input className="field" id="email" name="email" type="email" autoComplete="username" required />
      <label htmlFor="password">{t("login.password")}</label>
      <div className="login-password">
        <input className="field" id="password" name="password" type={shown ? "text" : "password"} autoComplete="current-password" required />
        <button
          type="button" className="button quiet icon" aria-pressed={shown}
          aria-label={t("login.show_password")} title={t("login.show_password")} onClick={() => setShown(!shown)}
        >
          <Icon name={shown ? "eyeOff" : "eye"} />
        </button>
      </div>
      <button type="submit" className="button primary" disabled={logIn.isPending}>
        {logIn.isPending ? t("login.pending") : t("login.submit")}
      </button>
    </form>
  );
}

function reason(error: Error, t: Translate): string {
  if (!(error instanceof ApiProblem)) return t("state.unreachable");
  if (error.status === 401 || error.status === 422) return t("login.refused");
  if (error.status === 429) return t("login.locked", { count: error.retryAfter_s ?? 60 });
  return error.detail ?? error.title;
}
