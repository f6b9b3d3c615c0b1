/**
 * Over a form that was being written when its session ended: its reader signs in again, and goes on where they were. What
 * was read stays hidden meanwhile. Whoever else signs in goes to the login first, and sees nothing of it.
 */
import { useQueryClient } from "@tanstack/react-query";
import { useI18n } from "../../lib/i18n";
import { Dialog } from "../../ui/Dialog";
import { LoginForm } from "./LoginForm";
import { forgetSession, useSession } from "./session";
import "./SessionEnded.css";

export function SessionEnded() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { data: reader } = useSession();
  const leave = () => forgetSession(client);
  return (
    <Dialog title={t("session_ended.title")} cover onClose={leave}>
      <p className="muted">{t("session_ended.hint")}</p>
      <LoginForm again={reader?.email} onDone={() => undefined} />
      <p className="session-ended-other"><button type="button" className="button quiet" onClick={leave}>{t("session_ended.other")}</button></p>
    </Dialog>
  );
}
