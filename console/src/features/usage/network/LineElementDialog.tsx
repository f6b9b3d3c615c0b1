/** Chooses which network element serves a line; without one, the only one there is. */
import { useState } from "react";
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import type { LineAccess } from "./actions";
import { useElementIds } from "./queries";

export default function LineElementDialog({ thing: line, onClose }: { thing: LineAccess; onClose: () => void }) {
  const { t } = useI18n();
  const { data: elements = [] } = useElementIds();
  const [chosen, setChosen] = useState(line.element_id ?? "");
  const assign = useCommand({
    words: "line_element", touches: ["network"], subject: () => line.resource_id,
    send: (element_id: string | null, headers) => api.PUT("/v1/resources/{resource_id}/network-element", { params: { path: { resource_id: line.resource_id } }, body: { element_id }, headers }),
  });
  const options = line.element_id === null || elements.includes(line.element_id) ? elements : [line.element_id, ...elements];
  return (
    <ConfirmCommand command={assign} words="line_element" verb={t("network.choose_element")} fields="network" facts={[[t("network.resource"), line.resource_id]]} onConfirm={() => assign.run(chosen || null)} onClose={onClose}>
      <label className="command-reason">
        <span>{t("network.element")}</span>
        <select className="field" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <option value="">{t("network.only_one")}</option>
          {options.map((id) => <option key={id} value={id}>{id}</option>)}
        </select>
      </label>
    </ConfirmCommand>
  );
}
