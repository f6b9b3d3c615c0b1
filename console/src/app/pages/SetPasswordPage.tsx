/** `/set-password#…`: who was invited, or has lost the password, sets one and then signs in. */
import { useNavigate } from "react-router";
import { LinkForm } from "../../features/identity/LinkForm";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import "./LoginPage.css";

export default function SetPasswordPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  return (
    <main className="login-page">
      <PageTitle of={t("setpassword.title")} />
      <div className="card login-card">
        <h1>{t("setpassword.title")}</h1>
        <LinkForm onDone={() => void navigate("/login", { replace: true })} />
      </div>
    </main>
  );
}
