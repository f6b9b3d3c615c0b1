/** `/payments/:id`: a payment, what it pays, what went back of it, and what can be done. */
import { useParams } from "react-router";
import { PaymentMain, PaymentSide } from "../../features/payments/incoming/PaymentParts";
import { usePayment } from "../../features/payments/incoming/queries";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function PaymentPage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  return (
    <DetailPage
      words="one_payment" id={id} query={usePayment(id)} list={{ to: "/payments", title: t("incoming.title") }}
      name={({ external_key }) => external_key}
      head={({ external_key, status }) => <><h1 dir="auto">{external_key ?? id}</h1><CopyButton text={id} /><StatusTag kind="received" status={status} /><Processing subject={id} /></>}
      tabs={[{ id: "payment", render: (payment) => <PaymentMain payment={payment} /> }]}
      side={(payment) => <PaymentSide payment={payment} />}
    />
  );
}
