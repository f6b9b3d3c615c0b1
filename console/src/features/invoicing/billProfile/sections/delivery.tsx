/** How issued documents go out: by which ways, and whether by themselves. */
import { lazy } from "react";
import { useI18n } from "../../../../lib/i18n";
import { Card } from "../../../../ui/Card";
import { Facts } from "../../../../ui/Facts";
import { EditButton } from "../EditButton";
import { section, type SectionProps } from "../section";
import { isSealed } from "../texts";

const DeliveryDialog = lazy(async () => ({ default: (await import("../deliveryDialog")).DeliveryDialog }));

function DeliverySection({ profile, mayWrite }: SectionProps) {
  const { t } = useI18n();
  const { email, webhook, print, automatic } = profile.delivery;
  const yesNo = (is: boolean) => t(is ? "billing.yes" : "billing.no");
  const seen = (text: string) => (isSealed(text) ? <span className="muted">{t("billing.sealed")}</span> : <bdi className="break" dir="ltr">{text}</bdi>);
  return (
    <Card title={t("billing.delivery")}>
      <Facts
        facts={[
          [t("billing.delivery_email"), email === null ? yesNo(false) : email.to.length === 0 ? t("billing.own_address") : seen(email.to.join(", "))],
          [t("billing.delivery_webhook"), webhook === null ? yesNo(false) : <span key="webhook">{seen(webhook.url)}{webhook.gone && <span className="source small danger-text">{t("billing.webhook_gone")}</span>}</span>],
          [t("billing.delivery_print"), yesNo(print)],
          [t("billing.delivery_automatic"), yesNo(automatic)],
        ]}
      />
      <EditButton profile={profile} mayWrite={mayWrite} what={t("billing.delivery")} Dialog={DeliveryDialog} />
    </Card>
  );
}

export default section({ order: 12, Section: DeliverySection });
