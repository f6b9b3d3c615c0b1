/** Lets a customer pay the other way: what would be so is shown first, and why it would be refused. */
import type { components } from "../../../api/schema";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Facts } from "../../../ui/Facts";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Icon } from "../../../ui/Icon";
import { StatusTag } from "../../../ui/StatusTag";
import { Money } from "../../../ui/Value";
import { touches, type AccountExposure } from "./queries";

type Preview = components["schemas"]["ModePreviewShape"];

export function ModeDialog({ thing: of, onClose }: { thing: AccountExposure; onClose: () => void }) {
  const { t } = useI18n();
  const mode = of.mode === "prepaid" ? "postpaid" : "prepaid";
  const where = { params: { path: { account_id: of.id } } };
  const set = useCommand({
    words: "limits_mode", touches, subject: () => of.id,
    send: (reason: string, headers) => api.PUT("/v1/accounts/{account_id}/payment-mode", { ...where, body: { mode, reason }, headers }),
  });
  const title = t(mode === "prepaid" ? "limits.to_prepaid" : "limits.to_postpaid");
  return (
    <CommandDrawer
      title={title} verb={title} body="PaymentModeBody" wish={{ only: ["reason"] }} words="limits_form" command={set}
      preview={async () => <Effect of={await answer(api.POST("/v1/accounts/{account_id}/payment-mode/preview", { ...where, body: { mode } }))} />}
      onSend={({ reason }) => set.run(typeof reason === "string" ? reason : "")} onClose={onClose}
    />
  );
}

function Effect({ of: { after, before, would_restrict, refusals, complete } }: { of: Preview }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      {refusals.map(({ code, detail }) => <p key={code} className="status danger"><Icon name="error" size={14} /> <span dir="auto">{detail}</span></p>)}
      {!complete && <p className="status warning"><Icon name="warning" size={14} /> {t("limits.incomplete")}</p>}
      <Facts
        facts={[
          [t("limits.unbilled"), <Money key="unbilled" value={after.unbilled} />],
          [t("limits.credit"), <Money key="credit" value={after.credit} />],
          [t("limits.owed"), <Money key="owed" value={after.owed} />],
          before.available !== null && [t("limits.available_before"), <Money key="before" value={before.available} />],
          [t("limits.lines"), <StatusTag key="lines" kind="access" status={would_restrict ? "blocked" : "open"} />],
          [t("limits.available"), <Money key="after" value={after.available} />, "sum"],
        ]}
      />
    </div>
  );
}
