/**
 * Quick tabs above a list. Each is a link, since the tab lives in the URL: back, refresh and sharing work.
 *
 *     <QuickTabs label={t("invoices.tabs")} tabs={[{ id: "paid", label: "Paid", to: "?status=paid" }]} current="paid" />
 */
import { createContext, useContext, useEffect, useRef } from "react";
import { Link } from "react-router";
import { useI18n } from "../lib/i18n";
import { numberFormat } from "../lib/intl";
import "./Tabs.css";

export interface QuickTab {
  id: string;
  label: string;
  to: string;
  /** How many lie behind it, where that is known. */
  count?: number | undefined;
}

/** Which places are open to the reader; tabs to others are not there. The shell knows. */
export const OpenPlaces = createContext<(to: string) => boolean>(() => true);

export function QuickTabs({ label, tabs, current }: { label: string; tabs: readonly QuickTab[]; current: string }) {
  const { locale } = useI18n();
  const isOpen = useContext(OpenPlaces);
  const bar = useRef<HTMLElement>(null);
  // In a hand there are more tabs than room: the current one is never out of sight.
  useEffect(() => {
    const [all, one] = [bar.current, bar.current?.querySelector<HTMLElement>("[aria-current]")];
    if (all && one) all.scrollLeft = one.offsetLeft - all.offsetLeft - (all.clientWidth - one.offsetWidth) / 2;
  }, [current]);
  return (
    <nav ref={bar} className="tabs no-print" aria-label={label}>
      {tabs.filter(({ id, to }) => id === current || isOpen(to)).map(({ id, label: name, to, count }) => (
        <Link key={id} to={to} aria-current={id === current ? "page" : undefined}>
          {name}{count !== undefined && <> <span className="tab-count small number">{numberFormat(locale).format(count)}</span></>}
        </Link>
      ))}
    </nav>
  );
}
