/** What a run is of, in a few words, and its sums: one a currency, never added up. */
import { useI18n } from "../../../lib/i18n";
import { useName } from "../../../lib/names";
import { CustomerName } from "../../../ui/Named";
import { Money } from "../../../ui/Value";
import type { Run } from "./queries";

export function ScopeText({ run: { scope } }: { run: Pick<Run, "scope"> }) {
  const { t } = useI18n();
  const { cycle_id, account_ids } = scope;
  if (cycle_id) return <CycleText id={cycle_id} />;
  if (account_ids?.length === 1) return <CustomerName id={account_ids[0]!} inline />;
  return <>{t("run.accounts_of", { count: account_ids?.length ?? 0 })}</>;
}

function CycleText({ id }: { id: string }) {
  const { t } = useI18n();
  return <>{t("run.cycle_of", { cycle: useName("cycle", id) ?? id })}</>;
}

export function Sums({ totals }: { totals: readonly { currency: string; amount: string }[] }) {
  const { t } = useI18n();
  if (totals.length === 0) return <span className="muted">{t("run.nothing")}</span>;
  return <>{totals.map((total) => <span key={total.currency} className="below"><Money value={total} /></span>)}</>;
}

export function KindText({ run: { dry_run, confirms, retries } }: { run: Run }) {
  const { t } = useI18n();
  return <>{t(dry_run ? "run.kind_dry" : retries !== null ? "run.kind_retry" : confirms !== null ? "run.kind_confirmed" : "run.kind_run")}</>;
}
