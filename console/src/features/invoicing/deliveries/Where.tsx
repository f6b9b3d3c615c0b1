/** Where a delivery goes to: the channel, and its addresses for those who may read them. */
import { useI18n } from "../../../lib/i18n";
import type { Delivery } from "./queries";

export function Where({ delivery: { channel, to } }: { delivery: Pick<Delivery, "channel" | "to"> }) {
  const { t } = useI18n();
  const addresses = to.filter((address) => address !== "sealed");
  return <span className="break">{t(`channel.${channel}`)}{addresses.length > 0 && <> · <bdi className="small" dir="ltr">{addresses.join(", ")}</bdi></>}</span>;
}
