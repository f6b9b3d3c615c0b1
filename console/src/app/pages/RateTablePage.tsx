/** `/plans/rate-tables/:id`, and with `?version=2` its second version: rates, versions, what that version changed. */
import { useParams } from "react-router";
import { useRateTable, versionInForce, type RateTable, type RateVersion } from "../../features/rating/rateTables/queries";
import { Changes, Rates, RateVersions } from "../../features/rating/rateTables/TableParts";
import { TableSide } from "../../features/rating/rateTables/TableSide";
import { useToday } from "../../lib/clock";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";

export default function RateTablePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const wanted = useListState().get("version");
  const today = useToday();
  const versionOf = ({ versions }: RateTable): RateVersion | undefined => versions.find(({ version }) => String(version) === wanted) ?? versionInForce(versions, today) ?? versions.at(-1);
  return (
    <DetailPage
      words="ratetable" id={id} query={useRateTable(id)} list={{ to: "/plans/rate-tables", title: t("ratetables.title") }}
      name={({ name }) => name}
      head={(table) => <><h1 dir="auto">{table.name}</h1><CopyButton text={table.id} /><Processing subject={table.id} /></>}
      tabs={[
        { id: "rates", render: (table) => { const version = versionOf(table); return version ? <Rates key={version.version} table={table} version={version} /> : <RateVersions table={table} />; } },
        { id: "versions", render: (table) => <RateVersions table={table} /> },
        { id: "changes", render: (table) => { const version = versionOf(table); return version ? <Changes table={table} version={version} /> : <RateVersions table={table} />; } },
      ]}
      side={(table) => <TableSide table={table} />}
    />
  );
}
