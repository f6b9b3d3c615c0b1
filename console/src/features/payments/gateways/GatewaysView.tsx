/** Payment gateways: which are set up, how they did in the last 24 hours, and where they send their webhooks. */
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Facts } from "../../../ui/Facts";
import { PageTitle } from "../../../ui/PageTitle";
import { ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant, Nothing } from "../../../ui/Value";
import { useGateways, type Gateway } from "./queries";

const GatewayDrawer = lazy(async () => ({ default: (await import("./GatewayDrawer")).GatewayDrawer }));

export function GatewaysView({ mayChange }: { mayChange: boolean }) {
  const { t } = useI18n();
  const { data, error, refetch } = useGateways();
  const [chosen, setChosen] = useState<Gateway | null>(null);
  return (
    <>
      <PageTitle of={t("gateways.title")} />
      <h1>{t("gateways.title")}</h1>
      <p className="muted">{t("gateways.note")}</p>
      {!data && (error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} height={40} />)}
      {data?.items.map((gateway) => <One key={gateway.name} gateway={gateway} mayChange={mayChange} onChange={() => setChosen(gateway)} />)}
      {chosen && <Suspense fallback={null}><GatewayDrawer gateway={chosen} onClose={() => setChosen(null)} /></Suspense>}
    </>
  );
}

function One({ gateway, mayChange, onChange }: { gateway: Gateway; mayChange: boolean; onChange: () => void }) {
  const { t } = useI18n();
  const { name, configured, merchant, base_url, callback_url, path, succeeded, failed, unanswered, under_way, told_at } = gateway;
  const collections = `/payments/collections?gateway=${encodeURIComponent(name)}`;
  const button = <button type="button" className="button no-print" disabled={!mayChange} title={mayChange ? undefined : t("state.forbidden")} onClick={onChange}>{t("gateway.set_up", { name })}</button>;
  return (
    <Card title={name} aside={button}>
      <div className="stack">
        <StatusTag kind="gateway" status={standingOf(gateway)} />
        <Facts
          facts={[
            [t("gateway.webhook"), <span key="path" className="reveal"><code dir="ltr">{path}</code><CopyButton text={path} /></span>],
            [t("gateway.told_at"), told_at === null ? <Nothing key="never" /> : <Instant key="told" value={told_at} />],
            [t("gateway.succeeded"), <Count key="succeeded" value={succeeded} />],
            [t("gateway.failed"), <Link key="failed" to={`${collections}&status=failed`}><Count value={failed} /></Link>],
            [t("gateway.unanswered"), <Count key="unanswered" value={unanswered} />],
            [t("gateway.under_way"), <Count key="under_way" value={under_way} />],
            merchant !== "" && [t("gateway.merchant"), <span key="merchant" dir="ltr">{merchant}</span>],
            callback_url !== "" && [t("gateway.callback_url"), <span key="callback" dir="ltr">{callback_url}</span>],
            configured && base_url !== "" && [t("gateway.base_url"), <span key="base" dir="ltr">{base_url}</span>],
          ]}
        />
        {configured && <Link to={`${collections}&status=all`}>{t("gateway.collections")}</Link>}
      </div>
    </Card>
  );
}

/** Answers that were lost are what a gateway's health is about: a decline is an answer. */
function standingOf({ configured, unanswered, succeeded, failed }: Gateway): "not_set_up" | "well" | "troubled" | "away" {
  if (!configured) return "not_set_up";
  if (unanswered === 0) return "well";
  return succeeded + failed === 0 ? "away" : "troubled";
}
