/** Sends an issued invoice or credit note: as its account wants it, or by channels and to addresses that are chosen here. */
import { useState } from "react";
import type { components } from "../../../api/schema";
import { api, type Call } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand, type CommandHeaders } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { CustomerName } from "../../../ui/Named";
import type { CreditNote } from "../corrections/queries";
import type { Correctable } from "../actions";
import { addressesIn, AddressField } from "./AddressField";
import { channels } from "./queries";

type SendBody = components["schemas"]["SendBody"];

interface Props<Thing> {
  thing: Thing;
  onClose: () => void;
}

export function SendInvoiceDialog({ thing, onClose }: Props<Correctable>) {
  return <SendDialog words="delivery_send" document={thing} onClose={onClose} send={(body, headers) => api.POST("/v1/invoices/{invoice_id}/send", { params: { path: { invoice_id: thing.id } }, body, headers })} />;
}

export function SendCreditNoteDialog({ thing, onClose }: Props<CreditNote>) {
  return <SendDialog words="credit_send" document={thing} onClose={onClose} send={(body, headers) => api.POST("/v1/credit-notes/{credit_note_id}/send", { params: { path: { credit_note_id: thing.id } }, body, headers })} />;
}

interface Sending {
  words: "delivery_send" | "credit_send";
  document: Pick<Correctable, "id" | "number" | "account_id">;
  send: (body: SendBody, headers: CommandHeaders) => Promise<Call<unknown>>;
  onClose: () => void;
}

function SendDialog({ words, document: { id, number, account_id }, send: sendIt, onClose }: Sending) {
  const { t } = useI18n();
  const [channel, setChannel] = useState<(typeof channels)[number] | "">("");
  const [text, setText] = useState("");
  const send = useCommand({
    words, touches: ["deliveries", "invoices"], subject: () => id, send: sendIt,
  });
  const to = channel === "email" ? addressesIn(text) : [];
  const body: SendBody = { ...(channel !== "" && { channels: [channel] }), ...(to.length > 0 && { to }) };
  return (
    <ConfirmCommand
      command={send} words={words} verb={t("invoice.send")} fields="delivery" onClose={onClose} onConfirm={() => send.run(body)}
      facts={[[t("delivery.number"), <span key="number" className="number" dir="ltr">{number}</span>], [t("delivery.account"), <CustomerName key="account" id={account_id} inline />]]}
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
