/** What a subscription's row offers. */
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import { subscriptionActions } from "./actions";
import { servicePath, type Subscription } from "./queries";

export function ServiceMenu({ subscription }: { subscription: Subscription }) {
  const { t } = useI18n();
  return <ActionMenu thing={subscription} actions={subscriptionActions} label={t("service.actions", { id: subscription.id })} open={{ to: servicePath(subscription.id), icon: "service" }} />;
}
