/** `/settings`, and with `?at=US-IL` one of them: who taxes, as a tree, and what each takes on a day. */
import { lazy, Suspense, useState } from "react";
import { useMay } from "../../features/identity/session";
import { ImportButton } from "../../features/invoicing/taxTables/ImportButton";
import { JurisdictionSide } from "../../features/invoicing/taxTables/JurisdictionSide";
import { JurisdictionTree } from "../../features/invoicing/taxTables/JurisdictionTree";
import { useWayTo } from "../../features/invoicing/taxTables/queries";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { isStatus } from "../../lib/problem";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { PageTitle } from "../../ui/PageTitle";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import "../../ui/detail/DetailPage.css";
import { SettingsTabs } from "../SettingsTabs";

const NewJurisdiction = lazy(async () => ({ default: (await import("../../features/invoicing/taxTables/JurisdictionDrawer")).NewJurisdiction }));

export default function TaxJurisdictionsPage() {
  const { t } = useI18n();
  const at = useListState().get("at");
  const mayWrite = useMay("write");
  const way = useWayTo(at);
  const [isAdding, setAdding] = useState(false);
  const chosen = way.data?.at(-1);
  return (
    <div className="stack">
      <PageTitle of={t("jurisdictions.title")} />
      <SettingsTabs current="jurisdictions" />
      <div className="row wrap">
        <h1 className="grow">{t("jurisdictions.title")}</h1>
        {mayWrite && <ImportButton table="jurisdictions" />}
        {mayWrite && <button type="button" className="button primary" onClick={() => setAdding(true)}><Icon name="plus" /> {t("jurisdictions.add")}</button>}
        {isAdding && <Suspense fallback={null}><NewJurisdiction inside={null} onClose={() => setAdding(false)} /></Suspense>}
      </div>
      <div className="detail-columns wide-side">
        <Card title={t("jurisdictions.tree")}><JurisdictionTree at={at} way={way.data?.map(({ id }) => id) ?? []} /></Card>
        <aside className="stack" aria-label={t("jurisdictions.chosen")}>
          {at === null ? <Card title={t("jurisdictions.chosen")}><EmptyState icon="info" title={t("jurisdictions.choose")} /></Card>
            : chosen ? <JurisdictionSide key={chosen.id} jurisdiction={chosen} mayWrite={mayWrite} />
            : isStatus(way.error, 404) ? <Card title={t("jurisdictions.chosen")}><EmptyState icon="search" title={t("jurisdictions.not_found", { id: at })} /></Card>
            : way.error ? <ErrorState error={way.error} onRetry={() => void way.refetch()} /> : <Skeleton lines={8} height={36} />}
        </aside>
      </div>
    </div>
  );
}
