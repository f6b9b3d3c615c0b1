/** Where a delivery stands, with what was said last and when it is tried again. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { StatusTag } from "../../../ui/StatusTag";
import { Instant } from "../../../ui/Value";
import type { Delivery } from "./queries";

export function State({ delivery: { status, reason, answer, attempts, next_attempt_at: next } }: { delivery: Delivery }) {
  const { t } = useI18n();
  const label = useLabel();
  const said = [label(`delivery_reason.${reason}`, reason), answer].filter((part) => part !== "").join(" · ");
  return (
    <span className="break">
      <StatusTag kind="delivery" status={status} />
      {status !== "sent" && said !== "" && <> <bdi className="small muted">{said}</bdi></>}
      {status === "waiting" && attempts > 0 && next !== null && <> <span className="small muted">{t("delivery.again_at")} <Instant value={next} /></span></>}
    </span>
  );
}
