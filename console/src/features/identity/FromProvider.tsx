/**
 * The end of a login at the provider. What it has put into the address is taken out of it at once, and sent once: a page
 * that is drawn twice, as in development, must not use the code up for nothing.
 */
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import { Waiting } from "../../ui/States";
import { reason } from "./OtherWays";
import { useEnter } from "./session";
import "./LoginForm.css";

export function FromProvider({ onDone }: { onDone: () => void }) {
  const { t } = useI18n();
  const sent = useRef(false);
  const come = useEnter((said: { code: string; state: string }) => answer(api.POST("/v1/session/provider/callback", { body: said })));
  const { mutate } = come;
  const [{ code, state }] = useState(() => {
    const said = new URLSearchParams(location.search);
    return { code: said.get("code"), state: said.get("state") };
  });
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    history.replaceState(history.state, "", location.pathname);
    if (code && state) mutate({ code, state }, { onSuccess: onDone });
  }, [code, state, mutate, onDone]);
  if (code && state && !come.error) return <Waiting />;
  return (
    <p role="alert" className="login-error">
      <Icon name="error" /> {come.error ? reason(come.error, t) : t("login.provider_refused")}
    </p>
  );
}
