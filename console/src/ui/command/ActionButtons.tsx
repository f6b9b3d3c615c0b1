/** The same as buttons, beside the thing's own page; a reason stands under its button. */
import { Fragment, Suspense, useId, useState } from "react";
import { useI18n } from "../../lib/i18n";
import { Icon } from "../Icon";
import { linksFor, offersFor, type Actionable, type Actions } from "./actions";
import "./command.css";

/** `across`: over a list, where there is room beside each other. */
export function ActionButtons<Thing extends Actionable>({ thing, actions, across = false }: { thing: Thing; actions: Actions<Thing>; across?: boolean }) {
  const { t } = useI18n();
  const id = useId();
  const [asked, setAsked] = useState<string | null>(null);
  const [links, offers] = [linksFor(actions, thing), offersFor(actions, thing)];
  const Dialog = asked === null ? undefined : actions.commands[asked]?.Dialog;
  if (links.length === 0 && offers.length === 0) return null;
  return (
    <div className={across ? "action-buttons across no-print" : "action-buttons no-print"}>
      {links.map((link) => (
        <a key={link.label} className="button primary" href={link.href(thing)} target="_blank" rel="noreferrer"><Icon name={link.icon} /> {t(link.label)}</a>
      ))}
      {offers.map((offer, index) => (
        <Fragment key={offer.action}>
          <button
            type="button" className={index === 0 && links.length === 0 ? "button primary" : "button"} disabled={!offer.allowed} title={offer.reason ?? undefined}
            aria-describedby={offer.reason ? `${id}-${offer.action}` : undefined} onClick={() => setAsked(offer.action)}
          >
            <Icon name={offer.icon} /> {t(offer.label)}
          </button>
          {offer.reason && <p id={`${id}-${offer.action}`} className="small muted"><bdi>{offer.reason}</bdi></p>}
        </Fragment>
      ))}
      {Dialog && <Suspense fallback={null}><Dialog thing={thing} onClose={() => setAsked(null)} /></Suspense>}
    </div>
  );
}
