/** Where a delivery goes to: the channel, and its addresses for those who may read them. */
import { useI18n } from "../../../lib/i18n";
import type { Delivery } from "./queries";

export function Where({ delivery: { channel, to } }: { delivery: Pick<Delivery, "channel" | "to"> }) {
  const { t } = useI18n();
  const addresses = to.filter((address) => address !== "sealed");
  return <span>{t(`channel.${channel}`)}{addresses.map((address) => <bdi key={address} className="below small muted" dir="ltr">{address}</bdi>)}</span>;
}
