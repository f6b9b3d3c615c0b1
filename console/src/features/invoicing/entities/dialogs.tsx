/** What the commands of legal entities ask: all that is said of one, as its documents print it. */
import { useState } from "react";
import { answer, api, type Body } from "../../../lib/api";
import type { Value } from "../../../lib/form/values";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Entity } from "./entityList";

type Written = Body<"/v1/legal-entities">;

const path = ({ id }: Entity) => ({ path: { legal_entity_id: id } });
const touches = ["legal-entities", "bill-profiles", "numbering-series"];
const reread = (of: Entity) => answer(api.GET("/v1/legal-entities/{legal_entity_id}", { params: path(of) }));
const first = ["id", "name", "country", "vat_id", "address", "street", "postal_code", "city"];

export function EntityDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "entity_create", touches, send: (body: Written, headers) => api.POST("/v1/legal-entities", { body, headers }) });
  return (
    <CommandDrawer
      title={t("entities.create")} verb={t("entities.create")} body="LegalEntityBody" wish={{ first }} words="entity_form" changes="entity" command={create}
      onSend={(body) => create.run(body as unknown as Written)} onClose={onClose}
    >
      {() => <Note />}
    </CommandDrawer>
  );
}

export function UpdateDialog({ thing, onClose }: { thing: Entity; onClose: () => void }) {
  const { t } = useI18n();
  // What the form began with: an entity that is read anew meanwhile does not change what is being written.
  const [begun] = useState(thing);
  const update = useCommand({
    words: "entity_update", touches, subject: ({ of: { id } }: { of: Entity; body: Written }) => id, version: ({ of: { version } }) => version, reread: ({ of }) => reread(of),
    send: ({ of, body }, headers) => api.PUT("/v1/legal-entities/{legal_entity_id}", { params: path(of), body, headers }),
  });
  return (
    <CommandDrawer
      title={t("entity.update")} verb={t("entity.update")} body="LegalEntityFields" wish={{ first }} words="entity_form" changes="entity" command={update} given={givenOf(begun)}
      onSend={(body) => update.run({ of: begun, body: body as unknown as Written }, begun)} onClose={onClose}
    >
      {() => <Note />}
    </CommandDrawer>
  );
}

/** All of it, for it is sent as a whole. */
function givenOf({ id: _id, version: _version, accounts: _accounts, documents: _documents, defined_at: _at, allowed_actions: _actions, address, payment_details, tax, series, ...said }: Entity): Record<string, Value> {
  return {
    ...said, address: address.join("\n"), payment_details: payment_details.join("\n"),
    "/tax/place": tax.place ?? "", "/tax/consumer_country": String(tax.consumer_country), "/tax/evidence_needed": String(tax.evidence_needed), "/tax/registrations": tax.registrations.join("\n"),
    "/series/invoice": series.invoice, "/series/credit_note": series.credit_note, "/series/debit_note": series.debit_note,
  };
}

function Note() {
  const { t } = useI18n();
  return <p className="small form-note">{t("entity_form.note")}</p>;
}

export const DeleteDialog = confirmDialog<Entity, unknown>({
  words: "entity_delete", verb: "entity.delete", fields: "entity", touches, reread,
  facts: ({ id, name }, t) => [[t("entity.name"), name], [t("entity.id"), id]],
  send: (of, headers) => api.DELETE("/v1/legal-entities/{legal_entity_id}", { params: path(of), headers }),
});
