/** How a refund goes back; of a transfer that is still to be made the reference that the bank statement has to show. */
import { useI18n } from "../../../lib/i18n";
import { CopyButton } from "../../../ui/CopyButton";
import type { Refund } from "./queries";
import { isOpen } from "./refundActions";

export function RefundWay({ refund }: { refund: Refund }) {
  const { t } = useI18n();
  if (!refund.way) return null;
  return (
    <>
      {t(`refund.way_${refund.way}`)}
      {refund.transfer_reference && isOpen(refund) && <span className="reveal nowrap below small"><code>{refund.transfer_reference}</code><CopyButton text={refund.transfer_reference} /></span>}
    </>
  );
}
