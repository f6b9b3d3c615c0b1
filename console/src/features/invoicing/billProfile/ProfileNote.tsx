/** What a change of the bill profile means, under its fields. */
import { useI18n } from "../../../lib/i18n";

const words = { approval: "billing_form.note_approval", terms: "billing_form.note_terms", rate: "billing_form.note_rate", determined: "billing_form.note_determined", delivery: "billing_form.note_delivery", late_fees: "billing_form.note_late_fees", legal_entity: "billing_form.note_legal_entity" } as const;

export function ProfileNote({ of }: { of: keyof typeof words }) {
  const { t } = useI18n();
  return <p className="small form-note">{t(words[of])}</p>;
}
