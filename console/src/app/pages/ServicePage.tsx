/** `/services/:id`: one subscription, how it goes on, what was added to it, and what may be done with it. */
import { lazy, Suspense } from "react";
import { useParams } from "react-router";
import { useMay } from "../../features/identity/session";
import { useSubscription } from "../../features/rating/subscriptions/queries";
import { AddOns, ServiceTerms } from "../../features/rating/subscriptions/ServiceParts";
import { ServiceSide } from "../../features/rating/subscriptions/ServiceSide";
import { useI18n } from "../../lib/i18n";
import { Processing } from "../../ui/command/Processing";
import { CopyButton } from "../../ui/CopyButton";
import { DetailPage } from "../../ui/detail/DetailPage";
import { StatusTag } from "../../ui/StatusTag";

// What stands behind a tab comes when it is opened.
const Allowances = lazy(async () => ({ default: (await import("../../features/rating/allowances/Allowances")).Allowances }));
const LineNetwork = lazy(async () => ({ default: (await import("../../features/usage/network/LineNetwork")).LineNetwork }));
const ServiceCharges = lazy(async () => ({ default: (await import("../../features/rating/subscriptions/ServiceCharges")).ServiceCharges }));

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
        { id: "allowances", render: (subscription) => <Suspense fallback={null}><Allowances subscription={subscription} /></Suspense> },
        { id: "network", render: () => <Suspense fallback={null}><LineNetwork subscription={id} mayWrite={mayWrite} /></Suspense> },
        { id: "charges", render: (subscription) => <Suspense fallback={null}><ServiceCharges subscription={subscription} mayAdd={mayWrite} /></Suspense> },
        { id: "add_ons", render: () => <AddOns id={id} /> },
      ]}
      side={(subscription) => <ServiceSide subscription={subscription} />}
    />
  );
}
