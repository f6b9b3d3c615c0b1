/** `/services/:id`: one subscription, how it goes on, what was added to it, and what may be done with it. */
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { Allowances } from "../../features/rating/allowances/Allowances";
import { ServiceCharges } from "../../features/rating/subscriptions/ServiceCharges";
import { useSubscription } from "../../features/rating/subscriptions/queries";
import { AddOns, ServiceTerms } from "../../features/rating/subscriptions/ServiceParts";
import { ServiceSide } from "../../features/rating/subscriptions/ServiceSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

export default function ServicePage() {
  const { t } = useI18n();
  const { id = "" } = useParams();
  const mayWrite = useMay("write");
  return (
    <DetailPage
      words="service" id={id} query={useSubscription(id)} list={{ to: "/services", title: t("services.title") }}
      name={({ id: own }) => own}
      head={({ status }) => (
        <>
          <h1 className="number" dir="ltr">{id}</h1>
          <CopyButton text={id} />
          <StatusTag kind="subscription" status={status} />
          <Processing subject={id} />
        </>
      )}
      tabs={[
        { id: "terms", render: (subscription) => <ServiceTerms subscription={subscription} /> },
        { id: "allowances", render: (subscription) => <Allowances subscription={subscription} /> },
        { id: "charges", render: (subscription) => <ServiceCharges subscription={subscription} mayAdd={mayWrite} /> },
        { id: "add_ons", render: () => <AddOns id={id} /> },
      ]}
      side={(subscription) => <ServiceSide subscription={subscription} />}
    />
  );
}
