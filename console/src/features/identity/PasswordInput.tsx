/** A password, which its writer may look at. */
import { useState } from "react";
import { useI18n } from "../../lib/i18n";
import { Icon } from "../../ui/Icon";
import "./LoginForm.css";

interface Props {
  id: string;
  autoComplete: "current-password" | "new-password";
  minLength?: number;
}

export function PasswordInput({ id, autoComplete, minLength }: Props) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  return (
    <div className="login-password">
      <input className="field" id={id} name={id} type={shown ? "text" : "password"} autoComplete={autoComplete} minLength={minLength} maxLength={256} required />
      <button
        type="button" className="button quiet icon" aria-pressed={shown}
        aria-label={t("login.show_password")} title={t("login.show_password")} onClick={() => setShown(!shown)}
      >
        <Icon name={shown ? "eyeOff" : "eye"} />
      </button>
    </div>
  );
}
