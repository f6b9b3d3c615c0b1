/** `/login`: the form, and the way back to the page that asked for it. */
import { Navigate, useNavigate, useSearchParams } from "react-router";
import { LoginForm } from "../../features/identity/LoginForm";
import { OtherWays } from "../../features/identity/OtherWays";
import { useSession } from "../../features/identity/session";
import { useI18n } from "../../lib/i18n";
import { PageTitle } from "../../ui/PageTitle";
import { returnPath } from "../returnPath";
import "./LoginPage.css";

export default function LoginPage() {
  const { t } = useI18n();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { data: session } = useSession();
  const next = returnPath(search.get("next"));
  const enter = () => void navigate(next, { replace: true });
  if (session) return <Navigate replace to={next} />;
  return (
    <main className="login-page">
      <PageTitle of={t("login.title")} />
      <div className="card login-card">
        <p className="login-brand"><img src="/favicon.svg" alt="" width={32} height={32} /> <span>Meterlog</span></p>
        <h1>{t("login.title")}</h1>
        <p className="muted">{t("login.hint")}</p>
        <LoginForm onDone={enter} />
        <OtherWays next={next} onDone={enter} />
      </div>
    </main>
  );
}
