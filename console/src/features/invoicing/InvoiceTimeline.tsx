/** All that the log says about this invoice, oldest first: who did what when, because of what, with the event itself. */
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { EventList } from "../../ui/EventList";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { ZoneName } from "../../ui/Value";
import { useInvoiceTimeline } from "./queries";

export function InvoiceTimeline({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useInvoiceTimeline(id);
  return (
    <Card title={t("invoice.timeline")} aside={<ZoneName />} flush>
      {data?.items.length === 0 && <EmptyState icon="clock" title={t("invoice.no_timeline")} />}
      {data && data.items.length > 0 && <EventList events={data.items} label={t("invoice.timeline")} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={5} height={36} /></div>}
    </Card>
  );
}
