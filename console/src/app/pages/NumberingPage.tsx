/** `/settings/numbering`: how documents are numbered, how far each series is, and what comes next. */
import { useMay } from "../../features/identity/session";
import { seriesList } from "../../features/invoicing/numbering/seriesList";
import { ListPage } from "../../ui/list/ListPage";
import { SettingsTabs } from "../SettingsTabs";

export default function NumberingPage() {
  return <div className="stack"><SettingsTabs current="numbering" /><ListPage spec={seriesList} mayCreate={useMay("manage_access")} /></div>;
}
