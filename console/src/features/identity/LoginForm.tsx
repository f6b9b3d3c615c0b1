/**
 * Email and password, in the browser's own inputs: password managers and paste work, and no form library loads. Who has a
 * second factor is asked for a code once the password was right.
 *
 * A refusal is summed up above the fields and takes the focus; after too many tries it tells how long to wait.
 */
import { useEffect, useRef, useState, type SubmitEvent } from "react";
import { useI18n, type Translate } from "../../lib/i18n";
import { ApiProblem } from "../../lib/problem";
import { Icon } from "../../ui/Icon";
import { PasswordInput } from "./PasswordInput";
import { useLogIn } from "./session";
import "./LoginForm.css";

export function LoginForm({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const logIn = useLogIn();
  const [asksCode, setAsksCode] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const says = logIn.error && !isCodeNeeded(logIn.error) ? reason(logIn.error, t) : null;

  useEffect(() => {
    if (logIn.error) summary.current?.focus();
  }, [logIn.error]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get("code") ?? "").trim();
    logIn.mutate({ email: String(form.get("email")), password: String(form.get("password")), ...(code ? { code } : {}) }, { onSuccess: onDone, onError: (error) => setAsksCode((asks) => asks || isCodeNeeded(error)) });
  };

  return (
    <form className="login" onSubmit={submit} aria-describedby={says ? "login-error" : undefined}>
      {says && (
        <div ref={summary} id="login-error" className="login-error" role="alert" tabIndex={-1}>
          <Icon name="error" /> {says}
        </div>
      )}
      <label htmlFor="email">{t("login.email")}</label>
      <input className="field" id="email" name="email" type="email" autoComplete="username" required />
      <label htmlFor="password">{t("login.password")}</label>
      <PasswordInput id="password" autoComplete="current-password" />
      {asksCode && <CodeInput />}
      <button type="submit" className="button primary" disabled={logIn.isPending}>
        {logIn.isPending ? t("login.pending") : t("login.submit")}
      </button>
    </form>
  );
}

/** It comes when it is needed, and takes the focus. */
function CodeInput() {
  const { t } = useI18n();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <label htmlFor="code">{t("login.code")}</label>
      <input ref={field} className="field" id="code" name="code" autoComplete="one-time-code" minLength={6} maxLength={32} required aria-describedby="code-hint" />
      <p id="code-hint" className="small muted">{t("login.code_hint")}</p>
    </>
  );
}

const codeOf = (error: Error) => (error instanceof ApiProblem ? error.errors[0]?.code : undefined);

function isCodeNeeded(error: Error): boolean {
  return codeOf(error) === "code_needed";
}

function reason(error: Error, t: Translate): string {
  if (!(error instanceof ApiProblem)) return t("state.unreachable");
  if (codeOf(error) === "wrong_code") return t("login.wrong_code");
  if (error.status === 401 || error.status === 422) return t("login.refused");
  if (error.status === 429) return t("login.locked", { count: error.retryAfter_s ?? 60 });
  return error.detail ?? error.title;
}
