/** Says that a mail came back, with what the mail system said. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Delivery } from "./queries";

type BounceBody = Body<"/v1/deliveries/{delivery_id}/bounce">;

export default function BounceDialog({ thing: { id }, onClose }: { thing: Delivery; onClose: () => void }) {
  const { t } = useI18n();
  const bounce = useCommand({
    words: "delivery_bounce", touches: ["deliveries", "invoices"], subject: () => id,
    send: (body: BounceBody, headers) => api.POST("/v1/deliveries/{delivery_id}/bounce", { params: { path: { delivery_id: id } }, body, headers }),
  });
  return <CommandDrawer title={t("delivery.bounce")} verb={t("delivery.bounce")} body="BounceBody" words="bounce_form" changes="delivery" command={bounce} onSend={(body) => bounce.run(body as BounceBody)} onClose={onClose} />;
}
