/**
 * Quick tabs above a list. Each is a link, since the tab lives in the URL: back, refresh and sharing work.
 *
 *     <QuickTabs label={t("invoices.tabs")} tabs={[{ id: "paid", label: "Paid", to: "?status=paid" }]} current="paid" />
 */
import { Link } from "react-router";
import "./Tabs.css";

export interface QuickTab {
  id: string;
  label: string;
  to: string;
}

export function QuickTabs({ label, tabs, current }: { label: string; tabs: readonly QuickTab[]; current: string }) {
  return (
    <nav className="tabs no-print" aria-label={label}>
      {tabs.map(({ id, label: name, to }) => (
        <Link key={id} to={to} aria-current={id === current ? "page" : undefined}>{name}</Link>
      ))}
    </nav>
  );
}
