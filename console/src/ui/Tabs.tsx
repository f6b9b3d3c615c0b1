/**
 * Quick tabs above a list. Each is a link, since the tab lives in the URL: back, refresh and sharing work.
 *
 *     <QuickTabs label={t("invoices.tabs")} tabs={[{ id: "paid", label: "Paid", to: "?status=paid" }]} current="paid" />
 */
import { Link } from "react-router";
import { useI18n } from "../lib/i18n";
import "./Tabs.css";

export interface QuickTab {
  id: string;
  label: string;
  to: string;
  /** How many lie behind it, where that is known. */
  count?: number | undefined;
}

export function QuickTabs({ label, tabs, current }: { label: string; tabs: readonly QuickTab[]; current: string }) {
  const { locale } = useI18n();
  return (
    <nav className="tabs no-print" aria-label={label}>
      {tabs.map(({ id, label: name, to, count }) => (
        <Link key={id} to={to} aria-current={id === current ? "page" : undefined}>
          {name}{count !== undefined && <> <span className="tab-count small number">{new Intl.NumberFormat(locale).format(count)}</span></>}
        </Link>
      ))}
    </nav>
  );
}
