/** One's own passkeys: made by the device, named, removed. The first brings recovery codes, shown this once. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Instant, Nothing } from "../../../ui/Value";
import { PasswordInput } from "../PasswordInput";
import { hasPasskeys, isTurnedAway, makePasskey } from "../passkey";
import { sessionQuery, useSession } from "../session";
import { Codes } from "./SecondFactor";
import "./own.css";

type Passkey = Answer<"/v1/session/passkeys">["items"][number];
const query = { queryKey: ["own-passkeys"], queryFn: ({ signal }: { signal: AbortSignal }) => answer(api.GET("/v1/session/passkeys", { signal })) };
const touches = ["own-passkeys", "own-sessions", "session"];

export function Passkeys() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(query);
  const client = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [asked, setAsked] = useState<"add" | Passkey | null>(null);
  const close = () => setAsked(null);
  const done = (made: readonly string[]) => {
    close();
    if (made.length > 0) setCodes(made);
    else void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  const kept = () => {
    setCodes(null);
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
  };
  return (
    <Card title={t("passkeys.title")}>
      <div className="stack">
        <p>{t("passkeys.hint")}</p>
        {codes ? <Codes codes={codes} onDone={kept} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton lines={2} /> : data.total > 0 && <Table passkeys={data.items} onRemove={setAsked} />}
        {!codes && (hasPasskeys() ? asked === null && <p><button type="button" className="button" onClick={() => setAsked("add")}>{t("passkeys.add")}</button></p> : <p className="small muted">{t("passkeys.unsupported")}</p>)}
        {asked === "add" && <Add onDone={done} onClose={close} />}
        {asked !== null && asked !== "add" && <Remove key={asked.id} passkey={asked} onClose={close} />}
      </div>
    </Card>
  );
}

function Table({ passkeys, onRemove }: { passkeys: readonly Passkey[]; onRemove: (one: Passkey) => void }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("passkeys.title")}>
      <thead><tr><th>{t("passkey.name")}</th><th>{t("passkey.created_at")}</th><th>{t("passkey.last_used_at")}</th><th><span className="visually-hidden">{t("list.actions")}</span></th></tr></thead>
      <tbody>{passkeys.map((one) => <Row key={one.id} passkey={one} onRemove={onRemove} />)}</tbody>
    </PlainTable>
  );
}

function Row({ passkey, onRemove }: { passkey: Passkey; onRemove: (one: Passkey) => void }) {
  const { t } = useI18n();
  const [renaming, setRenaming] = useState(false);
  return (
    <tr>
      <td dir="auto">{renaming ? <Rename passkey={passkey} onDone={() => setRenaming(false)} /> : <>{passkey.name}{passkey.is_synced && <span className="below small muted">{t("passkey.synced")}</span>}</>}</td>
      <td><Instant value={passkey.created_at} /></td>
      <td>{passkey.last_used_at ? <Instant value={passkey.last_used_at} /> : <Nothing />}</td>
      <td>
        <button type="button" className="button quiet" aria-pressed={renaming} onClick={() => setRenaming(!renaming)}>{t("passkey.rename")}</button>
        <button type="button" className="button quiet" onClick={() => onRemove(passkey)}>{t("passkey.remove")}</button>
      </td>
    </tr>
  );
}

function Rename({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const { t } = useI18n();
  const rename = useCommand({ words: "passkey_rename", touches: ["own-passkeys"], onDone, send: (name: string) => api.PUT("/v1/session/passkeys/{passkey_id}", { params: { path: { passkey_id: passkey.id } }, body: { name } }) });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    rename.run(String(new FormData(event.currentTarget).get("name")).trim());
  };
  return (
    <form className="row" onSubmit={submit}>
      <input className="field" name="name" defaultValue={passkey.name} required maxLength={100} aria-label={t("passkey.name")} />
      <button type="submit" className="button" disabled={rename.isBusy}>{t("passkey.save")}</button>
      <CommandOutcome command={rename} fields="passkey" />
    </form>
  );
}

function Add({ onDone, onClose }: { onDone: (codes: readonly string[]) => void; onClose: () => void }) {
  const { t } = useI18n();
  const [turnedAway, setTurnedAway] = useState(false);
  const add = useCommand({
    words: "passkey_add", touches: ["own-passkeys", "own-sessions"], onDone: (made: { codes: string[] } | undefined) => onDone(made?.codes ?? []),
    send: async ({ name, password }: { name: string; password?: string }) => {
      const { options } = await answer(api.POST("/v1/session/passkeys/challenge", { body: { password } }));
      const credential = await makePasskey(options).catch((error: Error) => {
        if (isTurnedAway(error)) setTurnedAway(true);
        throw error;
      });
      return api.POST("/v1/session/passkeys", { body: { name, credential } });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTurnedAway(false);
    const written = new FormData(event.currentTarget);
    add.run({ name: String(written.get("passkey-name")).trim(), ...again(written) });
  };
  return (
    <form className="login own-form" onSubmit={submit}>
      <label htmlFor="passkey-name">{t("passkey.name")}</label>
      <input className="field" id="passkey-name" name="passkey-name" required maxLength={100} placeholder={t("passkey.example")} />
      <Again />
      {turnedAway ? <p className="command-error" role="alert">{t("passkeys.turned_away")}</p> : <CommandOutcome command={add} fields="passkey" />}
      <button type="submit" className="button primary" disabled={add.isBusy}>{t("passkeys.make")}</button>
      <button type="button" className="button quiet" onClick={onClose}>{t("action.cancel")}</button>
    </form>
  );
}

function Remove({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useCommand({
    words: "passkey_remove", touches, onDone: onClose,
    send: (body: { password?: string }) => api.POST("/v1/session/passkeys/{passkey_id}/remove", { params: { path: { passkey_id: passkey.id } }, body }),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    remove.run(again(new FormData(event.currentTarget)));
  };
  return (
    <form className="login own-form" onSubmit={submit}>
      <p>{t("passkeys.remove_one", { name: passkey.name })}</p>
      <Again />
      <CommandOutcome command={remove} fields="passkey" />
      <button type="submit" className="button primary" disabled={remove.isBusy}>{t("passkey.remove")}</button>
      <button type="button" className="button quiet" onClick={onClose}>{t("action.cancel")}</button>
    </form>
  );
}

/** Who sits there is asked again, by the password of who has one; others have to have signed in just now. */
function Again() {
  const { t } = useI18n();
  const { data: session } = useSession();
  if (!session?.has_password) return null;
  return (
    <>
      <label htmlFor="passkey-password">{t("own.password_now")}</label>
      <PasswordInput id="passkey-password" autoComplete="current-password" />
    </>
  );
}

function again(written: FormData): { password?: string } {
  const password = written.get("passkey-password");
  return password === null ? {} : { password: String(password) };
}
