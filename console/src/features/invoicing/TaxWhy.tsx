/** Why a tax is taken, each fact on a line of its own: by which rule, whose it is, by which rate. */
import { useI18n, useLabel } from "../../lib/i18n";
import { Nothing } from "../../ui/Value";

interface Explained {
  jurisdiction?: string | null | undefined;
  rule?: string | null | undefined;
  kind?: string | null | undefined;
  rate_id?: string | null | undefined;
  rate_version?: number | null | undefined;
  share?: string | null | undefined;
  tax_round?: string | null | undefined;
  reason?: string | null | undefined;
  lines?: readonly number[];
}

/** A tax of the account's own rate has few of them. */
export function TaxWhy({ tax: { jurisdiction, rule, kind, rate_id, rate_version, share, tax_round, reason, lines = [] } }: { tax: Explained }) {
  const { t } = useI18n();
  const label = useLabel();
  const facts = [
    rule && label(`taxes.rule_${rule}`, rule),
    jurisdiction && t("taxes.jurisdiction", { place: jurisdiction }),
    kind && kind !== "percent" && label(`taxes.kind_${kind}`, kind),
    rate_id && t("taxes.rate_of", { rate: rate_id, version: rate_version ?? 1 }),
    share && share !== "100" && t("taxes.share", { share }),
    tax_round && label(`taxes.round_${tax_round}`, tax_round),
    reason,
    lines.length > 0 && t("taxes.lines", { lines: lines.join(", ") }),
  ].filter(Boolean);
  if (facts.length === 0) return <Nothing />;
  return <>{facts.map((fact) => <span key={String(fact)} className="below">{fact}</span>)}</>;
}
