/** Starts a service: a customer takes a plan from a day on. `account` is given where the customer's own page asks. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";

interface Props {
  account?: string;
  onClose: () => void;
}

export default function SubscriptionDrawer({ account, onClose }: Props) {
  const { t } = useI18n();
  const today = useToday();
  const start = useCommand({
    words: "service_start", touches: ["subscriptions", "customers", "overview"],
    send: (body: Body<"/v1/subscriptions">, headers) => api.POST("/v1/subscriptions", { body, headers }),
  });
  return (
    <CommandDrawer
      title={t("services.create")} verb={t("services.create")} body="SubscriptionBody" words="service_form" command={start}
      given={{ start: today, ...(account ? { account_id: account } : {}) }} onSend={(body) => start.run(body as Body<"/v1/subscriptions">)} onClose={onClose}
    />
  );
}
