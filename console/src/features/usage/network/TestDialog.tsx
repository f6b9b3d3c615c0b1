/** Asks an element whether it is there and knows the secret; nothing is changed by it. */
import { useMutation } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { commandKey, refusalOf } from "../../../lib/commands";
import { useI18n } from "../../../lib/i18n";
import { Dialog } from "../../../ui/Dialog";
import { Facts } from "../../../ui/Facts";
import { Icon } from "../../../ui/Icon";
import type { Element, Probe } from "./queries";
import "../../../ui/form/form.css";
import "../../../ui/StatusTag.css";

export default function TestDialog({ thing: { id, address }, onClose }: { thing: Element; onClose: () => void }) {
  const { t } = useI18n();
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => (await answer(api.POST("/v1/network-elements/{element_id}/test", { params: { path: { element_id: id } }, headers: { "Idempotency-Key": commandKey() } }))) as Probe,
  });
  return (
    <Dialog
      title={t("element.test_title")} onClose={onClose}
      footer={<><button type="button" className="button" onClick={onClose}>{t("action.close")}</button><button type="button" className="button primary" disabled={isPending} onClick={() => mutate()}>{t(isPending ? "element.testing" : data || error ? "element.test_again" : "element.test")}</button></>}
    >
      <div className="stack">
        <Facts facts={[[t("element.id"), id], [t("element.address"), <span key="address" className="break" dir="ltr">{address}</span>]]} />
        <p>{t("element.test_hint")}</p>
        <div role="status">
          {data && <p className={`status ${data.reachable ? "success" : "danger"}`}><Icon name={data.reachable ? "checkCircle" : "error"} size={14} /> {t(data.reachable ? "element.reachable" : "element.unreachable")}</p>}
          {data && data.answer !== "" && <p className="small muted break" dir="auto">{data.answer}</p>}
          {error && <p className="form-problem">{refusalOf(error) ?? t("element.test_failed")}</p>}
        </div>
      </div>
    </Dialog>
  );
}
