/** What becomes of a payment: each asks why, and says what follows. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { formDialog } from "../../../ui/command/dialogs";
import { Money } from "../../../ui/Value";
import { readPayment, touches, type Payment } from "./queries";

const path = ({ id }: Payment) => ({ path: { payment_id: id } });
const common = { fields: "incoming", form: "incoming_form", touches, reread: readPayment } as const;
const left = ({ amount, refunded, charged_back }: Payment) => (refunded.amount === charged_back.amount ? { "/amount": { ...amount } } : { "/amount": { amount: "", currency: amount.currency } });

/** What follows, and what the payment is. */
function Consequence({ payment, text }: { payment: Payment; text: "incoming.refund_follows" | "incoming.chargeback_follows" | "incoming.reverse_follows" }) {
  const { t } = useI18n();
  return <p className="small form-note">{t(text)} {t("payment.amount")}: <Money value={payment.amount} />, {t("incoming.unallocated")}: <Money value={payment.unallocated} /></p>;
}

export const SucceedDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_succeed", title: "incoming.succeed", verb: "incoming.succeed", body: "SuccessBody",
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/succeed", { params: path(payment), body, headers }),
});

export const FailDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_fail", title: "incoming.fail", verb: "incoming.fail", body: "FailureBody",
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/fail", { params: path(payment), body, headers }),
});

export const CancelDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_cancel", title: "incoming.cancel", verb: "incoming.cancel", body: "CancelBody",
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/cancel", { params: path(payment), body, headers }),
});

export const RefundDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_refund", title: "incoming.refund", verb: "incoming.refund", body: "RefundBody", wish: { omit: ["id"] }, given: left,
  note: (_, payment) => <Consequence payment={payment} text="incoming.refund_follows" />,
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/refunds", { params: path(payment), body, headers }),
});

export const ChargebackDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_chargeback", title: "incoming.chargeback", verb: "incoming.chargeback", body: "ChargebackBody", wish: { omit: ["id"] }, given: left,
  note: (_, payment) => <Consequence payment={payment} text="incoming.chargeback_follows" />,
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/chargebacks", { params: path(payment), body, headers }),
});

export const ReverseDialog = formDialog<Payment, unknown>({
  ...common, words: "incoming_reverse", title: "incoming.reverse", verb: "incoming.reverse", body: "ReverseBody",
  note: (_, payment) => <Consequence payment={payment} text="incoming.reverse_follows" />,
  send: (payment, body, headers) => api.POST("/v1/payments/{payment_id}/reverse", { params: path(payment), body, headers }),
});
