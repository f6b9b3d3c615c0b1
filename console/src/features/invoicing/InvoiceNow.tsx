/** Invoices a customer now: every draft that is complete, also what a billing run has left for later. */
import { useState } from "react";
import { api } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { ConfirmCommand } from "../../ui/command/ConfirmCommand";
import { CustomerName } from "../../ui/Named";

export default function InvoiceNow({ id }: { id: string }) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>{t("invoice_now.verb")}</button>
      {isOpen && <Ask id={id} onClose={() => setOpen(false)} />}
    </>
  );
}

function Ask({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const command = useCommand({
    words: "invoice_now", touches: ["invoices", "customers"], subject: () => id,
    send: (_: null, headers) => api.POST("/v1/invoices", { body: { account_id: id }, headers: { "Idempotency-Key": headers["Idempotency-Key"] } }),
  });
  return (
    <ConfirmCommand
      command={command} words="invoice_now" verb={t("invoice_now.verb")} fields="invoice" onConfirm={() => command.run(null)} onClose={onClose}
      facts={[[t("invoice.account"), <CustomerName key="account" id={id} inline />]]}
    />
  );
}
