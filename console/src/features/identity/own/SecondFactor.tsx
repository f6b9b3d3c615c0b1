/**
 * The second factor: set up by the password, a square code and a first code; then ten recovery codes, shown this once.
 *
 * While a role asks for one that is not there, nothing else of the console is open (RequireSession).
 */
import { useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { CopyButton } from "../../../ui/CopyButton";
import { PasswordInput } from "../PasswordInput";
import { sessionQuery, useSession } from "../session";
import "./own.css";

interface Begun {
  secret: string;
  uri: string;
  image: string;
}

export function SecondFactor() {
  const { t } = useI18n();
  const { data: session } = useSession();
  const client = useQueryClient();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const isOn = session?.authenticator ?? false;
  const done = () => {
    setCodes(null);
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <Card title={t("factor.title")}>
      <div className="stack">
        {codes ? <Codes codes={codes} onDone={done} /> : begun ? <Confirm begun={begun} onCodes={(made) => { setBegun(null); setCodes(made); }} />
          : isOn ? <On left={session?.recovery_codes ?? 0} onCodes={setCodes} /> : <Begin isRequired={session?.second_factor === "required"} onBegun={setBegun} />}
      </div>
    </Card>
  );
}

function Begin({ isRequired, onBegun }: { isRequired: boolean; onBegun: (begun: Begun) => void }) {
  const { t } = useI18n();
  const begin = useCommand({ words: "factor_begin", touches: [], onDone: (made: Begun | undefined) => made && onBegun(made), send: (password: string) => api.POST("/v1/session/second-factor", { body: { password } }) });
  return (
    <>
      <p>{t(isRequired ? "factor.required" : "factor.off")}</p>
      <WithPassword verb={t("factor.begin")} isBusy={begin.isBusy} onPassword={begin.run}><CommandOutcome command={begin} fields="factor" /></WithPassword>
    </>
  );
}

function Confirm({ begun, onCodes }: { begun: Begun; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useI18n();
  const confirm = useCommand({
    words: "factor_confirm", touches: ["own-sessions"], onDone: (made: { codes: string[] } | undefined) => made && onCodes(made.codes),
    send: (code: string) => api.POST("/v1/session/second-factor/confirm", { body: { code } }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    confirm.run(String(new FormData(event.currentTarget).get("code")).trim());
  };
  return (
    <form className="login own-form" onSubmit={submit}>
      <p>{t("factor.scan")}</p>
      <img className="factor-image" src={begun.image} alt={t("factor.image")} width={180} height={180} />
      <p className="small">{t("factor.type")} <code dir="ltr" className="factor-secret">{begun.secret}</code> <CopyButton text={begun.secret} /></p>
      <label htmlFor="first-code">{t("factor.code")}</label>
      <input className="field" id="first-code" name="code" autoComplete="one-time-code" inputMode="numeric" minLength={6} maxLength={32} required />
      <CommandOutcome command={confirm} fields="factor" />
      <button type="submit" className="button primary" disabled={confirm.isBusy}>{t("factor.confirm")}</button>
    </form>
  );
}

export function Codes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useI18n();
  return (
    <>
      <p>{t("factor.codes")}</p>
      <ul className="factor-codes" aria-label={t("factor.codes_label")}>{codes.map((code) => <li key={code}><code dir="ltr">{code}</code></li>)}</ul>
      <p><CopyButton text={codes.join("\n")} /></p>
      <button type="button" className="button primary" onClick={onDone}>{t("factor.kept")}</button>
    </>
  );
}

function On({ left, onCodes }: { left: number; onCodes: (codes: readonly string[]) => void }) {
  const { t } = useI18n();
  const remove = useCommand({ words: "factor_remove", touches: ["session", "own-sessions"], send: (password: string) => api.POST("/v1/session/second-factor/remove", { body: { password } }) });
  const renew = useCommand({
    words: "factor_codes", touches: [], onDone: (made: { codes: string[] } | undefined) => made && onCodes(made.codes),
    send: (password: string) => api.POST("/v1/session/recovery-codes", { body: { password } }),
  });
  const [wanted, setWanted] = useState<"remove" | "renew" | null>(null);
  const command = wanted === "remove" ? remove : renew;
  return (
    <>
      <p>{t("factor.on", { count: left })}</p>
      <div className="row">
        <button type="button" className="button" aria-pressed={wanted === "renew"} onClick={() => setWanted("renew")}>{t("factor.renew")}</button>
        <button type="button" className="button" aria-pressed={wanted === "remove"} onClick={() => setWanted("remove")}>{t("factor.remove")}</button>
      </div>
      {wanted && <WithPassword verb={t(`factor.${wanted}`)} isBusy={command.isBusy} onPassword={command.run}><CommandOutcome command={command} fields="factor" /></WithPassword>}
    </>
  );
}

function WithPassword({ verb, isBusy, onPassword, children }: { verb: string; isBusy: boolean; onPassword: (password: string) => void; children: React.ReactNode }) {
  const { t } = useI18n();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    onPassword(String(new FormData(event.currentTarget).get("factor-password")));
  };
  return (
    <form className="login own-form" onSubmit={submit}>
      <label htmlFor="factor-password">{t("own.password_now")}</label>
      <PasswordInput id="factor-password" autoComplete="current-password" />
      {children}
      <button type="submit" className="button primary" disabled={isBusy}>{verb}</button>
    </form>
  );
}
