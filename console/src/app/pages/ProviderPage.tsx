/** `/login/provider`: where a provider of logins sends people back to, on their way to the page that they wanted. */
import { useCallback } from "react";
import { Link, useNavigate } from "react-router";
import { FromProvider } from "../../features/identity/FromProvider";
import { takeNext } from "../../features/identity/session";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import { returnPath } from "../returnPath";
import "./LoginPage.css";

export default function ProviderPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const onDone = useCallback(() => void navigate(returnPath(takeNext()), { replace: true }), [navigate]);
  return (
    <main className="login-page">
      <PageTitle of={t("login.title")} />
      <div className="card login-card">
        <h1>{t("login.title")}</h1>
        <FromProvider onDone={onDone} />
        <p><Link to="/login" replace>{t("login.again")}</Link></p>
      </div>
    </main>
  );
}
