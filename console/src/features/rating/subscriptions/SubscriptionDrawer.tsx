/** Starts a service: a customer takes a plan from a day on; the first bill is shown before it is sent. `account` is given where the customer's own page asks. */
import { answer, api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { ChangeEffect } from "./ChangeEffect";
import type { Effect } from "./queries";

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
  const preview = async (body: Record<string, unknown>) => <ChangeEffect effect={(await answer(api.POST("/v1/subscriptions", { body: { ...body, preview: true } as Body<"/v1/subscriptions"> }))) as Effect} />;
  return (
    <CommandDrawer
      title={t("services.create")} verb={t("services.create")} body="SubscriptionBody" wish={{ omit: ["preview"] }} words="service_form" command={start}
      given={{ start: today, quantity: "1", ...(account ? { account_id: account } : {}) }} preview={preview}
      onSend={(body) => start.run(body as Body<"/v1/subscriptions">)} onClose={onClose}
    />
  );
}
