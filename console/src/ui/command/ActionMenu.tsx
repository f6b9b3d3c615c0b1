/** What a row offers: open, its documents, and the commands that the server names, each legal or disabled with its reason. */
import { Suspense, useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { Disclosure } from "../Disclosure";
import { Icon, type IconName } from "../Icon";
import { linksFor, offersFor, type Actionable, type Actions } from "./actions";

interface Props<Thing> {
  thing: Thing;
  actions: Actions<Thing>;
  /** "Actions for MTR-2026-00209". */
  label: string;
  /** The thing's own page. */
  open?: { to: string; icon: IconName };
}

export function ActionMenu<Thing extends Actionable>({ thing, actions, label, open }: Props<Thing>) {
  const { t } = useI18n();
  const [asked, setAsked] = useState<string | null>(null);
  const Dialog = asked === null ? undefined : actions.commands[asked]?.Dialog;
  return (
    <>
      <Disclosure label={label} button={<Icon name="more" />} className="button quiet icon">
        {(close) => (
          <>
            {open && <Link className="menu-item" to={open.to}><Icon name={open.icon} /> {t("action.open")}</Link>}
            {linksFor(actions, thing).map((link) => (
              <a key={link.label} className="menu-item" href={link.href(thing)} target="_blank" rel="noreferrer" onClick={close}><Icon name={link.icon} /> {t(link.label)}</a>
            ))}
            {offersFor(actions, thing).map((offer) => (
              <button key={offer.action} type="button" className="menu-item" disabled={!offer.allowed} title={offer.reason ?? undefined} onClick={() => { close(); setAsked(offer.action); }}>
                <Icon name={offer.icon} />
                <span>{t(offer.label)}{offer.reason && <span className="reason" dir="auto">{offer.reason}</span>}</span>
              </button>
            ))}
          </>
        )}
      </Disclosure>
      {Dialog && <Suspense fallback={null}><Dialog thing={thing} onClose={() => setAsked(null)} /></Suspense>}
    </>
  );
}
