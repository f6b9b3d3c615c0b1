/** How a customer pays: bank accounts with their mandates, cards and wallets of gateways. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { answer, api, type Answer } from "../../lib/api";
import { useI18n } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { useRefreshInterval } from "../../lib/queries";
import { Card } from "../../ui/Card";
import { ActionMenu } from "../../ui/command/ActionMenu";
import type { Actions } from "../../ui/command/actions";
import { Processing } from "../../ui/command/Processing";
import { PlainTable } from "../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../ui/States";
import { StatusTag } from "../../ui/StatusTag";
import { BillingDate, Nothing } from "../../ui/Value";

export type PaymentMethod = Answer<"/v1/payment-methods">["items"][number];
export type Mandate = Answer<"/v1/mandates">["items"][number];

const dialog = <Name extends keyof typeof import("./methodDialogs")>(name: Name) => lazy(async () => ({ default: (await import("./methodDialogs"))[name] }));
const AddDrawer = dialog("AddMethodDrawer");
const TransferDrawer = dialog("TransferMethodDrawer");
const MandateDrawer = dialog("MandateDrawer");

const methodActions: Actions<PaymentMethod> = {
  links: [],
  commands: {
    prefer: { icon: "checkCircle", label: "method.prefer", Dialog: lazy(async () => ({ default: (await import("./methodDialogs")).PreferDialog })) },
    remove: { icon: "void", label: "method.remove", Dialog: lazy(async () => ({ default: (await import("./methodDialogs")).RemoveDialog })) },
  },
};
const mandateActions: Actions<Mandate> = {
  links: [],
  commands: {
    sign: { icon: "draft", label: "mandate.sign", Dialog: lazy(async () => ({ default: (await import("./methodDialogs")).SignDrawer })), when: ({ status }) => status === "pending" },
    revoke: { icon: "void", label: "mandate.revoke", Dialog: lazy(async () => ({ default: (await import("./methodDialogs")).RevokeDrawer })) },
  },
};

const shown = 50;

export function PaymentMethods({ id, mayWrite }: { id: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const list = useListState();
  const pace = useRefreshInterval();
  const methods = useQuery({ queryKey: ["customers", "methods", id], queryFn: ({ signal }) => answer(api.GET("/v1/payment-methods", { params: { query: { account_id: [id], status: ["active"], limit: shown } }, signal })), refetchInterval: pace });
  const mandates = useQuery({ queryKey: ["customers", "mandates", id], queryFn: ({ signal }) => answer(api.GET("/v1/mandates", { params: { query: { account_id: [id], limit: shown } }, signal })), refetchInterval: pace });
  const close = () => list.set({ method: null });
  const button = (what: string, label: string) => <button type="button" className="button" disabled={!mayWrite} title={mayWrite ? undefined : t("state.forbidden")} onClick={() => list.set({ method: what })}>{label}</button>;
  const banks = methods.data?.items.filter(({ kind }) => kind === "bank_account") ?? [];
  return (
    <div className="stack">
      <Card title={t("method.title")} flush aside={<div className="row wrap">{button("new", t("method.add"))}{button("transfer", t("method.add_transfer"))}</div>}>
        {methods.data?.items.length === 0 && <EmptyState icon="tag" title={t("method.none")} />}
        {methods.data && methods.data.items.length > 0 && <Methods methods={methods.data.items} />}
        {!methods.data && methods.error && <ErrorState error={methods.error} onRetry={() => void methods.refetch()} />}
        {!methods.data && !methods.error && <div className="pad"><Skeleton lines={2} height={36} /></div>}
      </Card>
      {(banks.length > 0 || (mandates.data?.items.length ?? 0) > 0) && (
        <Card title={t("mandate.title")} flush aside={button("mandate", t("mandate.register"))}>
          {mandates.data?.items.length === 0 ? <EmptyState icon="draft" title={t("mandate.none")} /> : <Mandates mandates={mandates.data?.items ?? []} />}
        </Card>
      )}
      {mayWrite && list.get("method") === "new" && <Suspense fallback={null}><AddDrawer id={id} onClose={close} /></Suspense>}
      {mayWrite && list.get("method") === "transfer" && <Suspense fallback={null}><TransferDrawer id={id} onClose={close} /></Suspense>}
      {mayWrite && list.get("method") === "mandate" && <Suspense fallback={null}><MandateDrawer id={id} method={(banks.find(({ preferred }) => preferred) ?? banks[0])?.id ?? ""} onClose={close} /></Suspense>}
    </div>
  );
}

function Methods({ methods }: { methods: readonly PaymentMethod[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("method.title")}>
      <thead><tr><th scope="col">{t("method.label")}</th><th scope="col">{t("method.holder")}</th><th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th></tr></thead>
      <tbody>
        {methods.map((method) => (
          <tr key={method.id}>
            <th scope="row"><span dir="ltr">{method.kind === "bank_transfer" && (!method.label || method.label === method.kind) ? t("method.by_transfer") : method.iban || method.phone || method.label}</span> <Processing subject={method.id} />{method.preferred && <span className="small muted below">{t("method.preferred")}</span>}{method.declined && <span className="small muted below">{t("method.declined")}</span>}</th>
            <td dir="auto">{method.holder || (method.kind === "bank_transfer" ? t("method.pays_himself") : method.gateway) || <Nothing />}</td>
            <td className="end"><ActionMenu thing={method} actions={methodActions} label={t("method.actions")} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

function Mandates({ mandates }: { mandates: readonly Mandate[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("mandate.title")}>
      <thead><tr><th scope="col">{t("mandate.id")}</th><th scope="col">{t("mandate.status")}</th><th scope="col" className="wide-only">{t("mandate.signed_on")}</th><th scope="col" className="wide-only">{t("mandate.used_on")}</th><th scope="col"><span className="visually-hidden">{t("list.actions")}</span></th></tr></thead>
      <tbody>
        {mandates.map((mandate) => (
          <tr key={mandate.id}>
            <th scope="row"><span dir="ltr">{mandate.id}</span> <Processing subject={mandate.id} /><span className="small muted below" dir="ltr">{mandate.scheme}</span></th>
            <td><StatusTag kind="mandate" status={mandate.status} /></td>
            <td className="wide-only">{mandate.signed_on === null ? <Nothing /> : <BillingDate value={mandate.signed_on} />}</td>
            <td className="wide-only">{mandate.used_on === null ? <Nothing /> : <BillingDate value={mandate.used_on} />}</td>
            <td className="end"><ActionMenu thing={mandate} actions={mandateActions} label={t("mandate.actions")} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}
