/** `/usage`: what was measured and what became of it, as a picture by day and record by record. */
import { lazy, Suspense } from "react";
import { shownBy, volumeHeight_px, volumeTitle } from "../../features/usage/records/volume";
import { recordList } from "../../features/usage/records/recordList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { Card } from "../../ui/Card";
import { ListPage } from "../../ui/list/ListPage";
import { Skeleton } from "../../ui/States";

// The rows come first; the picture is drawn beside them, in the room that is kept for it.
const VolumeChart = lazy(() => import("../../features/usage/records/VolumeChart"));

export default function UsagePage() {
  return <div className="stack"><UsageTabs current="records" /><ListPage spec={recordList} picture={<Picture />} /></div>;
}

/** Which of the two it shows is said from the first paint on, so that the list below does not move. */
function Picture() {
  const { t } = useI18n();
  const by = shownBy(useListState().get("account_id"));
  return <><Suspense fallback={<Waiting />}><VolumeChart /></Suspense><p className="small muted">{t(`usage.volume_note_${by}`)}</p></>;
}

function Waiting() {
  const { t } = useI18n();
  const by = shownBy(useListState().get("account_id"));
  return <Card title={t(volumeTitle(by, "day"))}><div style={{ minHeight: `${volumeHeight_px + 28}px` }}><Skeleton lines={4} height={40} /></div></Card>;
}
