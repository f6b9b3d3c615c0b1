/** Takes back all that a file brought; what it was taken for before, and what was refused of it, stays as it is. */
import { useI18n } from "../../../lib/i18n";
import { Instant } from "../../../ui/Value";
import { TakeBack } from "../retractions/TakeBack";
import { FileName } from "./FileName";
import { isUnderWay, type UsageFile } from "./queries";

export default function TakeBackDialog({ thing: file, onClose }: { thing: UsageFile; onClose: () => void }) {
  const { t } = useI18n();
  const { accepted, quarantined } = file.records;
  return (
    <TakeBack
      batch_id={file.id} words="take_back_file" counts={{ accepted, quarantined, isCounted: !isUnderWay(file) }} onClose={onClose}
      facts={[
        [t("file.name"), <span key="name" className="break" dir="auto"><FileName file={file} /></span>],
        [t("file.source"), <span key="source" dir="ltr">{file.source}</span>],
        [t("file.sent_at"), <Instant key="sent" value={file.created_at} />],
      ]}
    />
  );
}
