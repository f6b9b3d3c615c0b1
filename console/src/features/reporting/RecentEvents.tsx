/** The last facts that the log took, newest first: the house at work. */
import { useI18n } from "../../lib/i18n";
import { Timeline } from "../../ui/detail/Timeline";
import { useRecentEvents } from "./queries";

const shown = 20;

export function RecentEvents() {
  const { t } = useI18n();
  return <Timeline title={t("overview.events")} none={t("overview.no_events")} query={useRecentEvents(shown)} lines={shown} height={35} className="recent-events" />;
}
