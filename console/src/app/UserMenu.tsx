/** The reader's own: who they are, theme, language, time zone, shortcuts, and the way out. */
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useLogOut, useSession, useTellLanguage } from "../features/identity/session";
import { offered, useI18n, useLabel } from "../lib/i18n";
import { usePreference, type ThemeChoice, type Zone } from "../lib/preferences";
import { browserZone } from "../lib/time";
import { Disclosure } from "../ui/Disclosure";
import { Icon, type IconName } from "../ui/Icon";

const themes: readonly { choice: ThemeChoice; icon: IconName }[] = [
  { choice: "system", icon: "screen" },
  { choice: "light", icon: "sun" },
  { choice: "dark", icon: "moon" },
];

const zones: readonly Zone[] = ["account", "utc", "browser"];

export function UserMenu({ onHelp }: { onHelp: () => void }) {
  const { t } = useI18n();
  const label = useLabel();
  const { data: session } = useSession();
  const logOut = useLogOut();
  return (
    <Disclosure label={t("user.menu")} button={<Icon name="user" size={18} />} className="button quiet icon">
      {(close) => (
        <>
          {session && (
            <p className="user-who">
              <strong className="clip" dir="ltr">{session.email}</strong>
              <span className="small muted">{label(`role.${session.role}`, session.role)}</span>
            </p>
          )}
          <hr />
          <ThemeChoiceField />
          <LanguageField />
          <ZoneField />
          <hr />
          <Link className="menu-item" to="/account" onClick={close}><Icon name="lock" /> {t("user.account")}</Link>
          <button type="button" className="menu-item" onClick={() => { close(); onHelp(); }}><Icon name="keyboard" /> {t("shortcuts.title")} <kbd>?</kbd></button>
          <button type="button" className="menu-item" onClick={() => logOut.mutate()}><Icon name="signOut" /> {t("user.sign_out")}</button>
        </>
      )}
    </Disclosure>
  );
}

function ThemeChoiceField() {
  const { t } = useI18n();
  const [theme, setTheme] = usePreference("theme");
  return (
    <fieldset className="menu-choices segmented">
      <legend>{t("user.theme")}</legend>
      {themes.map(({ choice, icon }) => (
        <label key={choice}>
          <input type="radio" name="theme" className="visually-hidden" checked={theme === choice} onChange={() => setTheme(choice)} />
          <span><Icon name={icon} size={14} /> {t(`theme.${choice}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}

function LanguageField() {
  const { t, language } = useI18n();
  const [, setLanguage] = usePreference("language");
  const tell = useTellLanguage();
  const choose = (tag: string) => {
    setLanguage(tag);
    const chosen = offered.find((one) => one.tag === tag);
    if (chosen) tell(chosen.source);
  };
  return (
    <Choice label={t("user.language")}>
      <select className="field" value={language.tag} onChange={(event) => choose(event.target.value)}>
        {offered.map(({ tag, name }) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      </select>
    </Choice>
  );
}

function ZoneField() {
  const { t } = useI18n();
  const [zone, setZone] = usePreference("zone");
  return (
    <Choice label={t("user.zone")}>
      <select className="field" value={zone} onChange={(event) => setZone(event.target.value as Zone)}>
        {zones.map((choice) => <option key={choice} value={choice}>{t(`zone.${choice}`, { zone: browserZone() })}</option>)}
      </select>
    </Choice>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return <label className="menu-choice"><span>{label}</span>{children}</label>;
}
