/** `/usage/sources`: who measures; with `?create=1` the form over the list. */
import { useMay } from "../../features/identity/session";
import { sourceList } from "../../features/usage/sources/sourceList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function SourcesPage() {
  return <div className="stack"><UsageTabs current="sources" /><ListPage spec={sourceList} mayCreate={useMay("manage_access")} /></div>;
}
