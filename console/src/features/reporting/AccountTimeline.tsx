/** The latest of what the log says of one account, newest first. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useRefreshInterval } from "../../lib/queries";
import { Timeline } from "../../ui/detail/Timeline";

const shown = 100;

export function AccountTimeline({ id }: { id: string }) {
  const { t } = useI18n();
  const query = useQuery({
    queryKey: ["events", "account", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/events", { params: { query: { account_id: [id], limit: shown } }, signal })),
    refetchInterval: useRefreshInterval(),
  });
  return <Timeline title={t("customer.view_timeline")} none={t("customer.no_timeline")} query={query} lines={10} />;
}
