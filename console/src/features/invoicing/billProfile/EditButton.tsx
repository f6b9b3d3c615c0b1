/** Opens the form of a section, for those who may change it. */
import { Suspense, useState, type ComponentType } from "react";
import { useI18n } from "../../../lib/i18n";
import { Icon } from "../../../ui/Icon";
import type { BillProfile } from "./queries";

interface Props {
  profile: BillProfile;
  mayWrite: boolean;
  /** What is changed, for those who can't see beside what the button stands. */
  what: string;
  Dialog: ComponentType<{ thing: BillProfile; onClose: () => void }>;
}

export function EditButton({ profile, mayWrite, what, Dialog }: Props) {
  const { t } = useI18n();
  const [isOpen, setOpen] = useState(false);
  if (!mayWrite) return null;
  return (
    <div className="profile-edit no-print">
      <button type="button" className="button" onClick={() => setOpen(true)}><Icon name="draft" /> {t("billing.change")} <span className="visually-hidden">{what}</span></button>
      {isOpen && <Suspense fallback={null}><Dialog thing={profile} onClose={() => setOpen(false)} /></Suspense>}
    </div>
  );
}
