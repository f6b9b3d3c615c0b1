/** Charges a customer something once: for a visit, for equipment, or less than zero to give something back. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Whose } from "./queries";

interface Props {
  whose: Whose;
  currency: string;
  onClose: () => void;
}

export default function ChargeDrawer({ whose, currency, onClose }: Props) {
  const { t } = useI18n();
  const today = useToday();
  const add = useCommand({
    words: "charge_add", touches: ["customers", "subscriptions"],
    send: (body: Body<"/v1/charges">, headers) => api.POST("/v1/charges", { body, headers }),
  });
  return (
    <CommandDrawer
      title={t("charges.add")} verb={t("charges.add")} body="OneTimeChargeBody" wish={{ omit: ["account_id", ...(whose.subscription_id ? ["subscription_id"] : [])] }} words="charge_form" command={add}
      given={{ amount: { amount: "", currency }, on: today }} onSend={(body) => add.run({ ...body, ...whose } as Body<"/v1/charges">)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("charge_form.note")}</p>}
    </CommandDrawer>
  );
}
