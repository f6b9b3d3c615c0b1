/** Sends an issued invoice: as its account wants it, or by channels and to addresses that are chosen here. */
import { useState } from "react";
import type { components } from "../../../api/schema";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { Correctable } from "../actions";
import { addressesIn, AddressField } from "./AddressField";
import { channels } from "./queries";

type SendBody = components["schemas"]["SendBody"];

export default function SendDialog({ thing: invoice, onClose }: { thing: Correctable; onClose: () => void }) {
  const { t } = useI18n();
  const [channel, setChannel] = useState<(typeof channels)[number] | "">("");
  const [text, setText] = useState("");
  const send = useCommand({
    words: "delivery_send", touches: ["deliveries", "invoices"], subject: () => invoice.id,
    send: (body: SendBody, headers) => api.POST("/v1/invoices/{invoice_id}/send", { params: { path: { invoice_id: invoice.id } }, body, headers }),
  });
  const to = channel === "email" ? addressesIn(text) : [];
  const body: SendBody = { ...(channel !== "" && { channels: [channel] }), ...(to.length > 0 && { to }) };
  return (
    <ConfirmCommand
      command={send} words="delivery_send" verb={t("invoice.send")} fields="delivery" onClose={onClose} onConfirm={() => send.run(body)}
      facts={[[t("delivery.number"), <span key="number" className="number" dir="ltr">{invoice.number}</span>], [t("delivery.account"), <span key="account" dir="ltr">{invoice.account_id}</span>]]}
    >
      <label className="command-reason">
        <span>{t("delivery.channel")}</span>
        <select className="field" value={channel} onChange={(event) => setChannel(event.target.value as typeof channel)}>
          <option value="">{t("delivery.as_the_account_wants")}</option>
          {channels.map((one) => <option key={one} value={one}>{t(`channel.${one}`)}</option>)}
        </select>
      </label>
      {channel === "email" && <AddressField label={t("delivery.address")} value={text} onChange={setText} />}
    </ConfirmCommand>
  );
}
