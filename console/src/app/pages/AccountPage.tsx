/** `/account`: one's own password, second factor and sessions. */
import { OwnPassword } from "../../features/identity/own/OwnPassword";
import { OwnSessions } from "../../features/identity/own/OwnSessions";
import { SecondFactor } from "../../features/identity/own/SecondFactor";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";

export default function AccountPage() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <PageTitle of={t("own.title")} />
      <h1>{t("own.title")}</h1>
      <SecondFactor />
      <OwnPassword />
      <OwnSessions />
    </div>
  );
}
