/** Takes the documents that wait to be printed as one file; who prints them has it at once, and from each of them later. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { Count } from "../../../ui/Value";
import { batchPath } from "./queries";

export default function PrintDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { data } = useQuery({
    queryKey: ["deliveries", "to_print"],
    queryFn: ({ signal }) => answer(api.GET("/v1/deliveries", { params: { query: { channel: ["print"], status: ["waiting"], limit: 1 } }, signal })),
  });
  const print = useCommand({
    words: "print_batch", touches: ["deliveries", "invoices"],
    send: (_: null, headers) => api.POST("/v1/print-batches", { body: {}, headers: { "Idempotency-Key": headers["Idempotency-Key"] } }),
    onDone: (body) => { if ("documents" in body) save(body.id); },
  });
  const waiting = data?.total ?? 0;
  return (
    <ConfirmCommand
      command={print} words="print_batch" verb={t("deliveries.print")} fields="delivery" ready={waiting > 0} onConfirm={() => print.run(null)} onClose={onClose}
      facts={[[t("print_batch.waiting"), <Count key="waiting" value={waiting} />]]}
    />
  );
}

function save(batch: string): void {
  Object.assign(document.createElement("a"), { href: batchPath(batch), download: `${batch}.zip` }).click();
}
