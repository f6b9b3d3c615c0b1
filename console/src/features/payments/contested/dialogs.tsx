/** Contests an invoice, decides what is contested, gives up what will not be paid, and takes that back. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import { touches, type Dispute, type Receivable, type WriteOff } from "./queries";

interface Props<Thing> {
  thing: Thing;
  onClose: () => void;
}

type Resolution = Body<"/v1/receivables/{invoice_id}/dispute/resolve">;
type NewDispute = Body<"/v1/receivables/{invoice_id}/dispute">;
type NewWriteOff = Body<"/v1/write-offs">;
type Recovery = Body<"/v1/write-offs/{write_off_id}/recover">;

const of = (invoice_id: string) => ({ path: { invoice_id } });

/** Without an amount all that is contested is credited; of a rejected one nothing. */
export function ResolveDrawer({ thing: dispute, onClose }: Props<Pick<Dispute, "invoice_id" | "amount">>) {
  const { t } = useI18n();
  const resolve = useCommand({
    words: "dispute_resolve", touches, subject: ({ id }: { id: string; body: Resolution }) => id,
    send: ({ id, body }, headers) => api.POST("/v1/receivables/{invoice_id}/dispute/resolve", { params: of(id), body, headers }),
  });
  return (
    <CommandDrawer
      title={t("dispute.resolve")} verb={t("dispute.resolve")} body="ResolutionBody" words="dispute_form" command={resolve} given={{ "/amount": { ...dispute.amount } }}
      shows={(field, form) => field.name !== "amount" || form.values.get("/outcome") === "accepted"}
      onSend={(body) => resolve.run({ id: dispute.invoice_id, body: body as Resolution })} onClose={onClose}
    >
      {() => <p className="small form-note">{t("dispute.resolve_follows")} {t("dispute.amount")}: <Money value={dispute.amount} /></p>}
    </CommandDrawer>
  );
}

export function DisputeDrawer({ thing: receivable, onClose }: Props<Receivable>) {
  const { t } = useI18n();
  const open = useCommand({
    words: "dispute_open", touches, subject: ({ id }: { id: string; body: NewDispute }) => id,
    send: ({ id, body }, headers) => api.POST("/v1/receivables/{invoice_id}/dispute", { params: of(id), body, headers }),
  });
  return (
    <CommandDrawer
      title={t("dispute.open")} verb={t("dispute.open")} body="DisputeBody" words="dispute_form" command={open} given={{ "/amount": { ...receivable.open } }}
      onSend={(body) => open.run({ id: receivable.invoice_id, body: body as NewDispute })} onClose={onClose}
    >
      {() => <p className="small form-note">{t("dispute.open_follows")}</p>}
    </CommandDrawer>
  );
}

/** The drawer of what is contested of an item that is open. */
export function ResolveOwedDrawer({ thing: { invoice_id, disputed }, onClose }: Props<Receivable>) {
  return <ResolveDrawer thing={{ invoice_id, amount: disputed }} onClose={onClose} />;
}

export function WriteOffDrawer({ thing: receivable, onClose }: Props<Receivable>) {
  const { t } = useI18n();
  const give = useCommand({
    words: "write_off_give", touches, subject: ({ invoice_id }: NewWriteOff) => invoice_id ?? "",
    send: (body, headers) => api.POST("/v1/write-offs", { body, headers }),
  });
  return (
    <CommandDrawer
      title={t("write_off.give_up")} verb={t("write_off.give_up")} body="WriteOffBody" wish={{ omit: ["account_id", "invoice_id"] }} words="write_off_form" command={give}
      onSend={(body) => give.run({ ...(body as NewWriteOff), invoice_id: receivable.invoice_id })} onClose={onClose}
    >
      {() => <p className="small form-note">{t("write_off.follows")} {t("owed.open")}: <Money value={receivable.open} /></p>}
    </CommandDrawer>
  );
}

export function RecoverDrawer({ thing: one, onClose }: Props<WriteOff>) {
  const { t } = useI18n();
  const recover = useCommand({
    words: "write_off_recover", touches, subject: ({ id }: { id: string; body: Recovery }) => id,
    send: ({ body }, headers) => api.POST("/v1/write-offs/{write_off_id}/recover", { params: { path: { write_off_id: one.write_off_id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("write_off.recover")} verb={t("write_off.recover")} body="RecoveryBody" wish={{ omit: ["invoice_id"] }} words="write_off_form" command={recover} given={{ "/amount": { ...one.left } }}
      onSend={(body) => recover.run({ id: one.id, body: { ...(body as Recovery), invoice_id: one.invoice_id } })} onClose={onClose}
    >
      {() => <p className="small form-note">{t("write_off.recover_follows")}</p>}
    </CommandDrawer>
  );
}
