/** Makes a batch of vouchers, whose codes are shown this once; activates it, and makes it or one voucher void. */
import { useState } from "react";
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { Dialog } from "../../../ui/Dialog";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Icon } from "../../../ui/Icon";
import { Count, Money } from "../../../ui/Value";
import { readBatch, type Batch, type MadeBatch, type Voucher } from "./queries";

const touches = ["voucher_batches", "vouchers"];
const place = ({ id }: Batch) => ({ path: { batch_id: id } });

type BatchBody = Body<"/v1/voucher-batches">;

export function BatchDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const [made, setMade] = useState<MadeBatch | null>(null);
  const create = useCommand({ words: "voucher_make", touches, send: (body: BatchBody, headers) => api.POST("/v1/voucher-batches", { body, headers }), onDone: (body) => { if ("vouchers" in body) setMade(body); } });
  if (made) return <Codes made={made} onClose={onClose} />;
  return (
    <CommandDrawer
      title={t("voucher_batches.create")} verb={t("voucher_batches.create")} body="VoucherBatchBody" wish={{ omit: ["id"] }} words="voucher_form" command={create}
      onSend={(body) => create.run(body as unknown as BatchBody)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("voucher_form.note")}</p>}
    </CommandDrawer>
  );
}

/** The codes are kept nowhere: who closes this without the file has to make another batch. */
function Codes({ made, onClose }: { made: MadeBatch; onClose: () => void }) {
  const { t } = useI18n();
  const [isSaved, setSaved] = useState(false);
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvOf(made)], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: url, download: `vouchers-${made.prefix}.csv` }).click();
    URL.revokeObjectURL(url);
    setSaved(true);
  };
  return (
    <Dialog
      title={t("voucher_codes.title")} onClose={onClose}
      footer={
        <>
          <button type="button" className="button" onClick={onClose}>{t(isSaved ? "action.close" : "voucher_codes.leave")}</button>
          <button type="button" className="button primary" onClick={save}><Icon name="down" /> {t("voucher_codes.save")}</button>
        </>
      }
    >
      <p>{t("voucher_codes.once", { count: made.vouchers.length })}</p>
      <p className="small muted" role="status">{isSaved ? t("voucher_codes.saved") : null}</p>
    </Dialog>
  );
}

function csvOf({ vouchers }: MadeBatch): string {
  return ["serial,code", ...vouchers.map(({ serial, code }) => `${serial},${code}`)].join("\n") + "\n";
}

export const ActivateDialog = confirmDialog<Batch, unknown>({
  words: "voucher_activate", verb: "voucher_batch.activate", fields: "voucher_batch", touches,
  facts: ({ count, sums, seller }, t) => [[t("voucher_batch.seller"), seller], [t("voucher_batch.count"), <Count key="count" value={count} />], [t("voucher_batch.sum"), <Money key="sum" value={sums.created} />, "sum"]],
  send: (batch, headers) => api.POST("/v1/voucher-batches/{batch_id}/activate", { params: place(batch), headers }),
  reread: ({ id }) => readBatch(id),
});

export const VoidBatchDialog = formDialog<Batch, unknown>({
  words: "voucher_void_batch", title: "voucher_batch.void", verb: "voucher_batch.void", fields: "voucher_batch", touches, body: "VoidBatchBody", form: "voucher_void_form",
  reread: ({ id }) => readBatch(id),
  send: (batch, body, headers) => api.POST("/v1/voucher-batches/{batch_id}/void", { params: place(batch), body, headers }),
});

type VoidBody = Body<"/v1/vouchers/{serial}/void">;

export function VoidVoucherDrawer({ thing, onClose }: { thing: Voucher; onClose: () => void }) {
  const { t } = useI18n();
  const end = useCommand({ words: "voucher_void", touches, subject: () => thing.serial, send: (body: VoidBody, headers) => api.POST("/v1/vouchers/{serial}/void", { params: { path: { serial: thing.serial } }, body, headers }) });
  return <CommandDrawer title={t("voucher.void")} verb={t("voucher.void")} body="VoidVoucherBody" words="voucher_void_form" command={end} onSend={(body) => end.run(body as VoidBody)} onClose={onClose} />;
}
