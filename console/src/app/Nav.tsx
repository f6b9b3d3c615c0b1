/** The left nav: plain links, one per page that exists. On a narrow screen it is a drawer over the page. */
import { useEffect } from "react";
import { Link, NavLink } from "react-router";
import { useI18n } from "../lib/i18n";
import { Icon } from "../ui/Icon";
import { useIsOpen } from "./open";
import { navPages } from "./routes";

interface Props {
  hidden: boolean;
  drawer: boolean;
  onNavigate: () => void;
  onDismiss: () => void;
}

export function Nav({ hidden, drawer, onNavigate, onDismiss }: Props) {
  const { t } = useI18n();
  const isOpen = useIsOpen();

  useEffect(() => {
    if (!drawer) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onDismiss();
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [drawer, onDismiss]);

  return (
    <>
      {drawer && <button type="button" className="nav-veil no-print" aria-label={t("shell.close_nav")} onClick={onDismiss} />}
      <nav id="nav" className="nav no-print" aria-label={t("shell.nav")} hidden={hidden}>
        <div className="nav-inner">
        <Link to="/" className="brand" onClick={onNavigate} aria-label="Meterlog">
          <img src="/favicon.svg" alt="" width={26} height={26} />
          <span className="brand-name" aria-hidden="true">Meterlog</span>
        </Link>
        <ul>
          {navPages.filter(({ path }) => isOpen(path)).map(({ path, title, nav, fetchAhead }) => (
            <li key={path}>
              <NavLink to={path} end={path === "/"} title={t(title)} onClick={onNavigate} onPointerEnter={fetchAhead} onFocus={fetchAhead}>
                <Icon name={nav.icon} size={18} />
                <span className="nav-label">{t(title)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        </div>
      </nav>
    </>
  );
}
