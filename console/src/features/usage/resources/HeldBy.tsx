/** Whose a resource is now. */
import { useNow } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { CustomerName } from "../../../ui/Named";
import { holderAt } from "./holder";
import type { Assignment } from "./queries";

export function Holder({ assignments }: { assignments: readonly Assignment[] }) {
  const { t } = useI18n();
  const holder = holderAt(assignments, useNow());
  return holder ? <CustomerName id={holder.account_id} link /> : <span className="muted">{t("resource.nobody")}</span>;
}
