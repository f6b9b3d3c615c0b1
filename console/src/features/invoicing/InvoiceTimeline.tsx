/** All that the log says about this invoice, oldest first, with the events themselves. */
import { useI18n } from "../../lib/i18n";
import { Timeline } from "../../ui/detail/Timeline";
import { useInvoiceTimeline } from "./queries";

export function InvoiceTimeline({ id }: { id: string }) {
  const { t } = useI18n();
  return <Timeline title={t("invoice.timeline")} none={t("invoice.no_timeline")} query={useInvoiceTimeline(id)} />;
}
