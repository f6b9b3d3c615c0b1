/** Frees a customer of a tax by a certificate, and ends that. */
import { api, type Body } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Exemption } from "./queries";

const touches = ["tax-exemptions"];
const order = ["account_id", "jurisdiction_id", "certificate", "valid_from", "valid_to", "tax", "product_tax_class", "reason"];

export function NewExemption({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const today = useToday();
  const grant = useCommand({ words: "exemption_add", touches, send: (body: Body<"/v1/tax/exemptions">, headers) => api.POST("/v1/tax/exemptions", { body, headers }) });
  return (
    <CommandDrawer
      title={t("exemptions.add")} verb={t("exemptions.add")} body="TaxExemptionBody" words="exemption_form" wish={{ first: order, omit: ["id"] }} command={grant} given={{ valid_from: today }}
      onSend={(body) => grant.run(body as Body<"/v1/tax/exemptions">)} onClose={onClose}
    />
  );
}

export function EndExemption({ thing: { id, certificate }, onClose }: { thing: Exemption; onClose: () => void }) {
  const { t } = useI18n();
  const today = useToday();
  const end = useCommand({
    words: "exemption_end", touches, subject: () => id,
    send: (body: Body<"/v1/tax/exemptions/{exemption_id}/end">, headers) => api.POST("/v1/tax/exemptions/{exemption_id}/end", { params: { path: { exemption_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer
      title={t("exemption.end_of", { certificate })} verb={t("exemption.end")} body="TaxExemptionEndBody" words="exemption_form" command={end} given={{ on: today }}
      onSend={(body) => end.run(body as Body<"/v1/tax/exemptions/{exemption_id}/end">)} onClose={onClose}
    />
  );
}
