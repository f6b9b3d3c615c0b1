/** In place of every page while the reader's role asks for a second factor that is not there. */
import { Passkeys } from "../../features/identity/own/Passkeys";
import { SecondFactor } from "../../features/identity/own/SecondFactor";
import { useLogOut } from "../../features/identity/session";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import "./LoginPage.css";

export default function EnrolPage() {
  const { t } = useI18n();
  const logOut = useLogOut();
  return (
    <main className="login-page">
      <PageTitle of={t("factor.title")} />
      <div className="stack login-card">
        <SecondFactor />
        <Passkeys />
        <button type="button" className="button quiet" onClick={() => logOut.mutate()}>{t("factor.sign_out")}</button>
      </div>
    </main>
  );
}
