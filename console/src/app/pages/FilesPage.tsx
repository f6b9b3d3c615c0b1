/** `/usage/files`: files of usage that were sent; with `?create=1` the form that sends one. */
import { useMay } from "../../features/identity/session";
import { fileList, writersFileList } from "../../features/usage/files/fileList";
import { UsageTabs } from "../../features/usage/UsageTabs";
import { ListPage } from "../../ui/list/ListPage";

export default function FilesPage() {
  return <div className="stack"><UsageTabs current="files" /><ListPage spec={useMay("write") ? writersFileList : fileList} mayCreate={useMay("report_usage")} /></div>;
}
