/** Adds a jurisdiction, or changes all that is said of one. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import type { Value } from "../../../lib/form/values";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { JurisdictionField } from "./JurisdictionField";
import { readJurisdiction, type Jurisdiction } from "./queries";

export const touches = ["tax-jurisdictions", "tax-rates", "pickers"];
const order = ["id", "level", "name", "parent_id"];

/** `inside`: what the new one lies in, where the reader stands. */
export function NewJurisdiction({ inside, onClose }: { inside: string | null; onClose: () => void }) {
  const { t } = useI18n();
  const add = useCommand({ words: "jurisdiction_add", touches, send: (body: Body<"/v1/tax/jurisdictions">, headers) => api.POST("/v1/tax/jurisdictions", { body, headers }) });
  return (
    <CommandDrawer
      title={t("jurisdictions.add")} verb={t("jurisdictions.add")} body="TaxJurisdictionBody" words="jurisdiction_form" wish={{ first: order }} command={add}
      given={inside === null ? { level: "country" } : { parent_id: inside }} own={parent(t("jurisdiction_form.parent_id"), add.fields)}
      onSend={(body) => add.run(body as Body<"/v1/tax/jurisdictions">)} onClose={onClose}
    >
      {() => <Hint />}
    </CommandDrawer>
  );
}

export function ChangeJurisdiction({ thing, onClose }: { thing: Jurisdiction; onClose: () => void }) {
  const { t } = useI18n();
  const change = useCommand({
    words: "jurisdiction_change", touches, subject: ({ id }: Jurisdiction) => id, version: ({ version }) => version, reread: ({ id }) => readJurisdiction(id),
    send: ({ id, ...body }: Jurisdiction, headers) => api.PUT("/v1/tax/jurisdictions/{jurisdiction_id}", { params: { path: { jurisdiction_id: id } }, body: written(body), headers }),
  });
  return (
    <CommandDrawer
      title={t("jurisdiction.change")} verb={t("jurisdiction.save")} body="TaxJurisdictionChange" words="jurisdiction_form" changes="jurisdiction" wish={{ first: order }} command={change}
      given={givenOf(thing)} own={parent(t("jurisdiction_form.parent_id"), change.fields)}
      onSend={(body) => change.run({ ...thing, parent_id: null, round_by: null, codes: [], postal_codes: [], ...body } as Jurisdiction, thing)} onClose={onClose}
    >
      {() => <Hint />}
    </CommandDrawer>
  );
}

function Hint() {
  const { t } = useI18n();
  return <p className="form-note small">{t("jurisdiction_form.hint")}</p>;
}

const parent = (label: string, refused: ReadonlyMap<string, string>) => ({
  parent_id: (field: Parameters<typeof JurisdictionField>[0]["field"], form: Parameters<typeof JurisdictionField>[0]["form"]) => <JurisdictionField key="parent" field={field} form={form} label={label} refused={refused} />,
});

function givenOf({ level, name, parent_id, codes, postal_codes, round_by }: Jurisdiction): Record<string, Value> {
  return { level, name, codes: codes.join("\n"), postal_codes: postal_codes.join("\n"), ...(parent_id === null ? {} : { parent_id }), ...(round_by === null ? {} : { round_by }) };
}

/** What a PUT takes: nothing of what the server adds. */
function written({ level, name, parent_id, codes, postal_codes, round_by }: Omit<Jurisdiction, "id">) {
  return { level, name, parent_id, codes, postal_codes, round_by: round_by as "group" | "line" | null };
}
