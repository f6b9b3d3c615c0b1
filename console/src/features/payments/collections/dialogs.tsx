/** Makes the next attempt of a collection now, or collects no more. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { Money } from "../../../ui/Value";
import type { Collection } from "./queries";

const touches = ["collections", "payments", "invoices", "customers"];
const place = ({ id }: Collection) => ({ path: { collection_id: id } });

interface Props {
  thing: Collection;
  onClose: () => void;
}

export function RetryDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const retry = useCommand({ words: "collection_retry", touches, subject: ({ id }: Collection) => id, send: (one: Collection, headers) => api.POST("/v1/collections/{collection_id}/retry", { params: place(one), headers }) });
  return <ConfirmCommand command={retry} words="collection_retry" verb={t("collection.retry")} fields="collection" facts={[[t("collection.account"), thing.account_id], [t("collection.amount"), <Money key="amount" value={thing.amount} />]]} onConfirm={() => retry.run(thing)} onClose={onClose} />;
}

type StopBody = NonNullable<Body<"/v1/collections/{collection_id}/stop">>;

export function StopDrawer({ thing, onClose }: Props) {
  const { t } = useI18n();
  const stop = useCommand({ words: "collection_stop", touches, subject: () => thing.id, send: (body: StopBody, headers) => api.POST("/v1/collections/{collection_id}/stop", { params: place(thing), body, headers }) });
  return <CommandDrawer title={t("collection.stop")} verb={t("collection.stop")} body="CollectionStopBody" words="collection_stop_form" command={stop} onSend={(body) => stop.run(body as StopBody)} onClose={onClose} />;
}
