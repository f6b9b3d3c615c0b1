/** `/usage/records/:source/:id`: one record and its way from the device to the invoice. */
import { useParams } from "react-router";
import { DroppedRecord } from "../../features/usage/records/DroppedRecord";
import { useRecord } from "../../features/usage/records/queries";
import { RecordSide } from "../../features/usage/records/RecordSide";
import { RecordWay } from "../../features/usage/records/RecordWay";
import { useI18n } from "../../lib/i18n";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function UsageRecordPage() {
  const { t } = useI18n();
  const { source = "", id = "" } = useParams();
  return (
    <DetailPage
      trail={null}
      words="usage_record" id={id} query={useRecord(source, id)} list={{ to: "/usage", title: t("usage.title") }}
      name={(record) => record.id}
      head={(record) => <><h1 className="clip" dir="ltr">{record.id}</h1><CopyButton text={record.id} /><StatusTag kind="usage" status={record.state} /></>}
      tabs={[{ id: "way", render: (record) => <RecordWay record={record} /> }]}
      absent={<DroppedRecord source={source} record_id={id} />}
      side={(record) => <RecordSide record={record} />}
    />
  );
}
