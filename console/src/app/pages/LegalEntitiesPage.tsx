/** `/settings/legal-entities`: who issues documents, where the operator has several companies. */
import { useMay } from "../../features/identity/session";
import { entityList } from "../../features/invoicing/entities/entityList";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function LegalEntitiesPage() {
  return <div className="stack"><SettingsTabs current="entities" /><ListPage spec={entityList} mayCreate={useMay("manage_access")} /></div>;
}
