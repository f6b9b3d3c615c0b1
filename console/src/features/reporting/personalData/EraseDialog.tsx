/** What would be erased, what stays until when and why; then the account's id is typed, and it is done. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "../../../api/schema";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate } from "../../../ui/Value";

type Preview = components["schemas"]["ErasurePreview"];
const reasons = ["asked", "no_longer_needed", "opened_by_mistake", "authority"] as const;
type Reason = (typeof reasons)[number];

export function EraseDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const [despite, setDespite] = useState(false);
  const params = { path: { account_id: id } };
  const { data, error, refetch } = useQuery({
    queryKey: ["erasure", id, "preview"],
    queryFn: () => answer(api.POST("/v1/accounts/{account_id}/erasure", { params, body: { reason: "asked", despite_debts: false, preview: true } })),
    staleTime: 0,
  });
  const erase = useCommand({
    words: "erase", touches: ["erasure", "customers", "accounts", "payment-methods", "bill-profile"],
    send: (reason: Reason, headers) => api.POST("/v1/accounts/{account_id}/erasure", { params, headers, body: { reason, despite_debts: despite, preview: false } }),
  });
  const preview = data && "preview" in data ? data.preview : null;
  const blockers = preview?.blockers ?? [];
  const ready = Boolean(preview) && blockers.every(({ can_be_overridden: can }) => can && despite);
  return (
    <ConfirmCommand
      side command={erase} words="erase" verb={t("personal.erase")} facts={[[t("personal.account"), <code key="id" dir="ltr">{id}</code>]]} fields="personal" reasons={reasons} reasonWords="personal.reason"
      typed={id} ready={ready} onConfirm={(reason) => erase.run(reason as Reason)} onClose={onClose}
    >
      {preview ? <Told preview={preview} /> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={5} />}
      {blockers.map((blocker) => <p key={blocker.code} className="danger-text">{t(`personal.blocker_${blocker.code}`)}</p>)}
      {blockers.some(({ can_be_overridden: can }) => can) && <label className="row"><input type="checkbox" checked={despite} onChange={(event) => setDespite(event.target.checked)} /> {t("personal.despite_debts")}</label>}
    </ConfirmCommand>
  );
}

function Told({ preview }: { preview: Preview }) {
  const { t } = useI18n();
  return (
    <>
      <section>
        <h3>{t("personal.erases")}</h3>
        <ul>{preview.erases.map(({ what, count }) => <li key={what}>{t(`personal.what_${what}`)}{count !== null && <span className="number"> ({count})</span>}</li>)}</ul>
      </section>
      <section>
        <h3>{t("personal.keeps")}</h3>
        <ul>{preview.keeps.map(({ what, count, until }) => <li key={what}>{t(`personal.kept_${what}`)}{count !== null && <span className="number"> ({count})</span>}{until && <>, {t("personal.until")} <BillingDate value={until} /></>}</li>)}</ul>
      </section>
    </>
  );
}
