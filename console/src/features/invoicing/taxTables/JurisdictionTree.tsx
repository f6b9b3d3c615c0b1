/** Who taxes, from the countries down: each opens to what lies in it, and leads to its facts and rates. */
import { useState } from "react";
import { Link } from "react-router";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { jurisdictionPath, shownBelow, useBelow, type Jurisdiction } from "./queries";
import "./taxTables.css";

interface Chosen {
  /** The one whose facts are shown. */
  at: string | null;
  /** Those that it lies in: they are open. */
  way: readonly string[];
}

export function JurisdictionTree({ parent = null, ...chosen }: Chosen & { parent?: string | null }) {
  const { t } = useI18n();
  const { data, error, refetch } = useBelow(parent);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={3} height={32} />;
  if (data.items.length === 0) return parent === null ? <EmptyState icon="tag" title={t("jurisdictions.none")}><p className="muted">{t("jurisdictions.none_hint")}</p></EmptyState> : <p className="small muted tree-none">{t("jurisdictions.nothing_in_it")}</p>;
  return (
    <ul className="tree">
      {data.items.map((one) => <Branch key={one.id} jurisdiction={one} {...chosen} />)}
      {data.total > shownBelow && <li className="small muted tree-none">{t("jurisdictions.more", { count: data.total - shownBelow })}</li>}
    </ul>
  );
}

function Branch({ jurisdiction: { id, name, level }, at, way }: Chosen & { jurisdiction: Jurisdiction }) {
  const { t } = useI18n();
  const label = useLabel();
  const [said, setSaid] = useState<boolean | null>(null);
  const isOpen = said ?? (way.includes(id) && id !== at);
  // Nothing lies in a district.
  const mayOpen = level !== "district";
  return (
    <li>
      <div className="tree-row">
        {mayOpen
          ? <button type="button" className="button quiet icon" aria-expanded={isOpen} aria-label={t("jurisdictions.open", { name })} onClick={() => setSaid(!isOpen)}><Icon name={isOpen ? "down" : "right"} size={14} /></button>
          : <span className="tree-gap" />}
        <Link to={jurisdictionPath(id)} aria-current={id === at ? "true" : undefined} className="grow clip" dir="auto">{name}</Link>
        <span className="small muted">{label(`jurisdiction.level_${level}`, level)}</span>
        <code className="small wide-only">{id}</code>
      </div>
      {isOpen && <JurisdictionTree parent={id} at={at} way={way} />}
    </li>
  );
}
