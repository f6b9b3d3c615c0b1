/** What the commands of the network ask: telling a line once more, and an element's own. A secret is never shown again. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { LineAccess } from "./actions";
import { readAccess, readElement, type Element } from "./queries";

const path = ({ id }: Element) => ({ path: { element_id: id } });
const touches = ["network-elements", "network"];
const order = ["id", "driver", "address", "vendor", "secret"] as const;

export const RepeatDialog = formDialog<LineAccess, unknown>({
  words: "access_repeat", title: "network.repeat_title", verb: "network.repeat", body: "RepeatBody", form: "repeat_form", fields: "network", touches: ["network"],
  send: ({ resource_id }, body, headers) => api.POST("/v1/resources/{resource_id}/access/repeat", { params: { path: { resource_id } }, body, headers }),
  reread: ({ resource_id }) => readAccess(resource_id),
  note: () => <RepeatNote />,
});

function RepeatNote() {
  const { t } = useI18n();
  return <p className="small form-note">{t("network.repeat_note")}</p>;
}

export function ElementDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "element_create", touches, send: (body: Body<"/v1/network-elements">, headers) => api.POST("/v1/network-elements", { body, headers }) });
  return (
    <CommandDrawer title={t("elements.create")} verb={t("elements.create")} body="ElementBody" wish={{ only: order }} words="element_form" command={create} onSend={(body) => create.run(body as Body<"/v1/network-elements">)} onClose={onClose}>
      {(form) => <AddressNote driver={String(form.values.get("/driver") ?? "")} />}
    </CommandDrawer>
  );
}

const noted = ["radius_coa", "radius_sql", "shaped_devices", "webhook", "simulated"] as const;

/** An address means another thing to each way of telling. */
function AddressNote({ driver }: { driver: string }) {
  const { t } = useI18n();
  const known = noted.find((one) => one === driver);
  return known ? <p className="small form-note">{t(`element_form.address_${known}`)}</p> : null;
}

export const ChangeElementDialog = formDialog<Element, unknown>({
  words: "element_change", title: "element.change", verb: "element.change", body: "ElementChange", form: "element_form", fields: "element", touches,
  given: ({ driver, address, vendor }) => ({ driver, address, vendor }),
  send: (element, body, headers) => api.PUT("/v1/network-elements/{element_id}", { params: path(element), body, headers }),
  reread: ({ id }) => readElement(id),
  note: (form, { has_secret }) => <><AddressNote driver={String(form.values.get("/driver") ?? "")} />{has_secret && <KeptNote />}</>,
});

function KeptNote() {
  const { t } = useI18n();
  return <p className="small form-note">{t("element.secret_kept")}</p>;
}

export const DeleteElementDialog = confirmDialog<Element, unknown>({
  words: "element_delete", verb: "element.delete", fields: "element", touches, reread: ({ id }) => readElement(id),
  facts: ({ id, address }, t) => [[t("element.id"), id], [t("element.address"), address]],
  send: (element, headers) => api.DELETE("/v1/network-elements/{element_id}", { params: path(element), headers }),
});
