/** Adds, prefers and removes how a customer pays; registers, signs and revokes mandates. */
import { api, type Body } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useCommand } from "../../lib/useCommand";
import { ConfirmCommand } from "../../ui/command/ConfirmCommand";
import { CommandDrawer } from "../../ui/form/CommandDrawer";
import type { Mandate, PaymentMethod } from "./PaymentMethods";

const touches = ["customers"];

type MethodBody = Body<"/v1/payment-methods">;

/** A bank account; cards and wallets are added where their gateway asks for them. */
export function AddMethodDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const add = useCommand({ words: "method_add", touches, send: (body: MethodBody, headers) => api.POST("/v1/payment-methods", { body, headers }) });
  return (
    <CommandDrawer
      title={t("method.add")} verb={t("method.add")} body="PaymentMethodBody" wish={{ omit: ["id", "account_id", "kind", "gateway", "token", "phone", "label"] }} words="method_form" command={add}
      onSend={(body) => add.run({ ...body, account_id: id, kind: "bank_account" } as unknown as MethodBody)} onClose={onClose}
    />
  );
}

/** The customer pays by himself, to where each collection says. */
export function TransferMethodDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const add = useCommand({ words: "method_add_transfer", touches, send: (body: MethodBody, headers) => api.POST("/v1/payment-methods", { body, headers }) });
  return (
    <CommandDrawer
      title={t("method.add_transfer")} verb={t("method.add_transfer")} body="PaymentMethodBody" wish={{ only: ["label"] }} words="method_form" command={add}
      onSend={(body) => add.run({ ...body, account_id: id, kind: "bank_transfer", gateway: "bank_transfer" } as unknown as MethodBody)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("method_form.transfer_note")}</p>}
    </CommandDrawer>
  );
}

export function PreferDialog({ thing, onClose }: { thing: PaymentMethod; onClose: () => void }) {
  const { t } = useI18n();
  const prefer = useCommand({ words: "method_prefer", touches, subject: (id: string) => id, send: (method_id: string, headers) => api.POST("/v1/payment-methods/{method_id}/prefer", { params: { path: { method_id } }, headers }) });
  return <ConfirmCommand command={prefer} words="method_prefer" verb={t("method.prefer")} fields="method" facts={[[t("method.label"), thing.label]]} onConfirm={() => prefer.run(thing.id)} onClose={onClose} />;
}

export function RemoveDialog({ thing, onClose }: { thing: PaymentMethod; onClose: () => void }) {
  const { t } = useI18n();
  const remove = useCommand({ words: "method_remove", touches, subject: (id: string) => id, send: (method_id: string, headers) => api.DELETE("/v1/payment-methods/{method_id}", { params: { path: { method_id } }, headers }) });
  return <ConfirmCommand command={remove} words="method_remove" verb={t("method.remove")} fields="method" facts={[[t("method.label"), thing.label]]} onConfirm={() => remove.run(thing.id)} onClose={onClose} />;
}

type MandateBody = Body<"/v1/mandates">;

export function MandateDrawer({ id, method, onClose }: { id: string; method: string; onClose: () => void }) {
  const { t } = useI18n();
  const register = useCommand({ words: "mandate_register", touches, send: (body: MandateBody, headers) => api.POST("/v1/mandates", { body, headers }) });
  return (
    <CommandDrawer
      title={t("mandate.register")} verb={t("mandate.register")} body="MandateBody" wish={{ omit: ["account_id", "payment_method_id"] }} words="mandate_form" command={register}
      onSend={(body) => register.run({ ...body, account_id: id, payment_method_id: method } as unknown as MandateBody)} onClose={onClose}
    />
  );
}

type SignBody = Body<"/v1/mandates/{mandate_id}/sign">;

export function SignDrawer({ thing, onClose }: { thing: Mandate; onClose: () => void }) {
  const { t } = useI18n();
  const sign = useCommand({ words: "mandate_sign", touches, subject: () => thing.id, send: (body: SignBody, headers) => api.POST("/v1/mandates/{mandate_id}/sign", { params: { path: { mandate_id: thing.id } }, body, headers }) });
  return <CommandDrawer title={t("mandate.sign")} verb={t("mandate.sign")} body="MandateSignBody" words="mandate_sign_form" command={sign} onSend={(body) => sign.run(body as SignBody)} onClose={onClose} />;
}

type RevokeBody = Body<"/v1/mandates/{mandate_id}/revoke">;

export function RevokeDrawer({ thing, onClose }: { thing: Mandate; onClose: () => void }) {
  const { t } = useI18n();
  const revoke = useCommand({ words: "mandate_revoke", touches, subject: () => thing.id, send: (body: RevokeBody, headers) => api.POST("/v1/mandates/{mandate_id}/revoke", { params: { path: { mandate_id: thing.id } }, body, headers }) });
  return <CommandDrawer title={t("mandate.revoke")} verb={t("mandate.revoke")} body="MandateRevokeBody" words="mandate_revoke_form" command={revoke} onSend={(body) => revoke.run(body as RevokeBody)} onClose={onClose} />;
}
