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
import { askForPasskey, hasPasskeys } from "./passkey";
import { useLogIn, type Credentials } from "./session";
import "./LoginForm.css";

/** `again`: whose session has ended; somebody else is not asked for. */
export function LoginForm({ again, onDone }: { again?: string | null | undefined; onDone: () => void }) {
  const { t } = useI18n();
  const logIn = useLogIn(again !== undefined);
  const [asksCode, setAsksCode] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const says = logIn.error && !isCodeNeeded(logIn.error) ? reason(logIn.error, t) : null;

  useEffect(() => {
    if (logIn.error) summary.current?.focus();
  }, [logIn.error]);

  const form = useRef<HTMLFormElement>(null);
  const send = (besides: Pick<Credentials, "code" | "passkey">) => {
    const written = new FormData(form.current ?? undefined);
    logIn.mutate({ email: String(written.get("email")), password: String(written.get("password")), ...besides }, { onSuccess: onDone, onError: (error) => setAsksCode((asks) => asks || isCodeNeeded(error)) });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get("code") ?? "").trim();
    send(code ? { code } : {});
  };
  // A reader who turns away from the device can still write a code.
  const usePasskey = () => void askForPasskey().then((passkey) => send({ passkey }), () => undefined);

  return (
    <form ref={form} className="login" onSubmit={submit} aria-describedby={says ? "login-error" : undefined}>
      {says && (
        <div ref={summary} id="login-error" className="login-error" role="alert" tabIndex={-1}>
          <Icon name="error" /> {says}
        </div>
      )}
      <label htmlFor="email">{t("login.email")}</label>
      <input className="field" id="email" name="email" type="email" autoComplete="username" required {...(again ? { defaultValue: again, readOnly: true } : {})} />
      <label htmlFor="password">{t("login.password")}</label>
      <PasswordInput id="password" autoComplete="current-password" />
      {asksCode && <CodeInput />}
      {asksCode && hasPasskeys() && <button type="button" className="button" disabled={logIn.isPending} onClick={usePasskey}><Icon name="lock" /> {t("login.passkey_instead")}</button>}
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
  if (codeOf(error) === "wrong_passkey") return t("login.wrong_passkey");
  if (error.status === 401 || error.status === 422) return t("login.refused");
  if (error.status === 429) return t("login.locked", { count: error.retryAfter_s ?? 60 });
  return error.detail ?? error.title;
}
