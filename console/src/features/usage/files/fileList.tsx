/** Files of usage, as data for the list kit: what was sent, how far it is, and what came of its records. */
import { lazy } from "react";
import { Link } from "react-router";
import type { Question } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { Icon } from "../../../ui/Icon";
import { instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Count } from "../../../ui/Value";
import { fileActions, offered } from "./actions";
import { FileName } from "./FileName";
import { Format, Size } from "./Format";
import { formats } from "./formats";
import { filePath, readFiles, type FilePage, type UsageFile } from "./queries";

type FileList = ListSpec<UsageFile, FilePage, Question<"/v1/usage/files">, "files">;

export const fileList: FileList = {
  name: "files",
  words: "files",
  icon: "up",
  read: readFiles,
  tabs: [
    { id: "all", query: { sort: "-created_at" } },
    { id: "running", query: { status: ["queued", "running"], sort: "created_at" }, counted: true, icon: "checkCircle" },
    { id: "done", query: { status: ["done"], sort: "-created_at" } },
    { id: "failed", query: { status: ["failed", "cancelled"], sort: "-created_at" }, counted: true, icon: "checkCircle" },
  ],
  filters: [
    { kind: "text", name: "q", label: "files.search", max: 255 },
    { kind: "choice", name: "format", label: "file.format", options: Object.entries(formats), many: true },
    { kind: "dates", from: "from", to: "to", labels: ["files.from", "files.to"] },
  ],
  columns: [
    { id: "name", title: "file.name", render: (file) => <Link to={filePath(file.id)} dir="auto"><FileName file={file} /></Link> },
    { id: "status", title: "file.status", render: ({ status }) => <StatusTag kind="file" status={status} /> },
    { id: "accepted", title: "file.accepted", align: "end", render: ({ records }) => <Count value={records.accepted} /> },
    { id: "quarantined", title: "file.quarantined", align: "end", render: ({ id, records }) => <Parked id={id} count={records.quarantined} /> },
    { id: "failed", title: "file.refused", align: "end", render: ({ failed }) => <Refused count={failed} /> },
    { id: "duplicates", title: "file.duplicates", align: "end", extra: true, render: ({ records }) => <Count value={records.duplicates} /> },
    { id: "conflicts", title: "file.conflicts", align: "end", extra: true, render: ({ records }) => <Count value={records.conflicts} /> },
    { id: "source", title: "file.source", render: ({ source }) => <span dir="ltr">{source}</span> },
    { id: "format", title: "file.format", render: ({ format }) => <Format format={format} /> },
    { id: "size_bytes", title: "file.size", align: "end", sort: "size_bytes", render: ({ size_bytes }) => <Size bytes={size_bytes} /> },
    instant("created_at", "file.sent_at", { sort: "created_at" }),
    { id: "owner", title: "file.owner", extra: true, render: ({ owner }) => <span dir="ltr">{owner}</span> },
  ],
  totals: [],
  actions: (file) => <FileMenu file={file} mayWrite={false} />,
  create: { label: "files.create", Drawer: lazy(() => import("./UploadDrawer")) },
};

/** The list of whoever may take a file back. */
export const writersFileList: FileList = { ...fileList, actions: (file) => <FileMenu file={file} mayWrite /> };

function Parked({ id, count }: { id: string; count: number }) {
  return count === 0 ? <Count value={count} /> : <Link to={`/usage/quarantine?batch_id=${encodeURIComponent(id)}`}><Count value={count} /></Link>;
}

function Refused({ count }: { count: number }) {
  return count === 0 ? <Count value={count} /> : <span className="status danger"><Icon name="error" size={14} /> <Count value={count} /></span>;
}

function FileMenu({ file, mayWrite }: { file: UsageFile; mayWrite: boolean }) {
  const { t } = useI18n();
  return <ActionMenu thing={offered(file, mayWrite)} actions={fileActions} label={t("file.actions", { name: file.name || file.id })} open={{ to: filePath(file.id), icon: "right" }} />;
}
