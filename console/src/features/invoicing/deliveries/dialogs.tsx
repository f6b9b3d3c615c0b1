/** Asks before a document is sent once more, and before a delivery is given up. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Fact } from "../../../ui/Facts";
import { addressesIn, AddressField } from "./AddressField";
import { Where } from "./Where";
import type { Delivery } from "./queries";

interface Props {
  thing: Delivery;
  onClose: () => void;
}

const touches = ["deliveries", "invoices"];

export function ResendDialog({ thing: delivery, onClose }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState("");
  const to = addressesIn(text);
  const resend = useCommand({
    words: "delivery_resend", touches, subject: () => delivery.id,
    send: (addresses: string[], headers) => api.POST("/v1/deliveries/{delivery_id}/resend", { params: { path: { delivery_id: delivery.id } }, body: addresses.length > 0 ? { to: addresses } : {}, headers }),
  });
  return (
    <ConfirmCommand command={resend} words="delivery_resend" verb={t("delivery.resend")} fields="delivery" facts={useFacts(delivery)} onConfirm={() => resend.run(to)} onClose={onClose}>
      {delivery.channel === "email" && <AddressField label={t("delivery.other_address")} value={text} onChange={setText} />}
    </ConfirmCommand>
  );
}

export function CancelDialog({ thing: delivery, onClose }: Props) {
  const { t } = useI18n();
  const cancel = useCommand({
    words: "delivery_cancel", touches, subject: () => delivery.id,
    send: (_: null, headers) => api.POST("/v1/deliveries/{delivery_id}/cancel", { params: { path: { delivery_id: delivery.id } }, headers }),
  });
  return <ConfirmCommand command={cancel} words="delivery_cancel" verb={t("delivery.cancel")} fields="delivery" facts={useFacts(delivery)} onConfirm={() => cancel.run(null)} onClose={onClose} />;
}

function useFacts(delivery: Delivery): readonly Fact[] {
  const { t } = useI18n();
  return [
    [t("delivery.number"), <span key="number" className="number" dir="ltr">{delivery.number}</span>],
    [t("delivery.to"), <Where key="to" delivery={delivery} />],
  ];
}
