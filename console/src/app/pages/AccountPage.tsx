/** `/account`: one's own second factor, passkeys, password and sessions. */
import { OwnPassword } from "../../features/identity/own/OwnPassword";
import { OwnSessions } from "../../features/identity/own/OwnSessions";
import { Passkeys } from "../../features/identity/own/Passkeys";
import { SecondFactor } from "../../features/identity/own/SecondFactor";
import { useSession } from "../../features/identity/session";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function AccountPage() {
  const { t } = useI18n();
  const { data: session } = useSession();
  return (
    <div className="stack">
      <PageTitle of={t("own.title")} />
      <h1>{t("own.title")}</h1>
      <SecondFactor />
      <Passkeys />
      {session?.has_password && <OwnPassword />}
      <OwnSessions />
    </div>
  );
}
