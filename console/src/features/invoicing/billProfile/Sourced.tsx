/** A setting with where it comes from: the account itself, its billing cycle, or what the operator has for all. */
import type { ReactNode } from "react";
import { useI18n } from "../../../lib/i18n";

export type Source = "account" | "cycle" | "operator" | "address";

const words = { account: "billing.source_account", cycle: "billing.source_cycle", operator: "billing.source_operator", address: "billing.source_address" } as const;

export function Sourced({ source, children }: { source: Source; children: ReactNode }) {
  const { t } = useI18n();
  return <>{children}<span className="source small muted">{t(words[source])}</span></>;
}
