/** The last facts that the log took, newest first: the house at work. */
import { useI18n } from "../../lib/i18n";
import { Card } from "../../ui/Card";
import { EventList } from "../../ui/EventList";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { ZoneName } from "../../ui/Value";
import { useRecentEvents } from "./queries";

const shown = 20;

export function RecentEvents() {
  const { t } = useI18n();
  const { data, error, refetch } = useRecentEvents(shown);
  return (
    <Card title={t("overview.events")} aside={<ZoneName />} className="recent-events" flush>
      {data?.items.length === 0 && <EmptyState icon="clock" title={t("overview.no_events")} />}
      {data && data.items.length > 0 && <EventList events={data.items} label={t("overview.events")} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <div className="pad"><Skeleton lines={shown} height={35} /></div>}
    </Card>
  );
}
