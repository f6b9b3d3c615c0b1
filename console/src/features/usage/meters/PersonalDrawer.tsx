/** Says what of a meter's usage is personal, and what that means for what comes in and what is there. */
import { api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Meter } from "./queries";

type Marks = Pick<Meter, "personal">;

export default function PersonalDrawer({ thing: { id, personal }, onClose }: { thing: Meter; onClose: () => void }) {
  const { t } = useI18n();
  const mark = useCommand({
    words: "meter_personal", touches: ["meters"],
    send: (body: Marks, headers) => api.PUT("/v1/meters/{meter_id}/personal", { params: { path: { meter_id: id } }, body, headers }),
  });
  return (
    <CommandDrawer title={t("meter.mark_personal")} verb={t("meter.mark_personal_verb")} body="PersonalBody" words="meter_form" from={{ personal }} command={mark} onSend={(body) => mark.run({ personal: [], ...body })} onClose={onClose}>
      {() => <PersonalNote />}
    </CommandDrawer>
  );
}

/** What a mark does. */
export function PersonalNote() {
  const { t } = useI18n();
  return (
    <>
      <p className="small form-note">{t("meter.personal_note")}</p>
      <p className="small form-note">{t("meter.personal_keep_note")}</p>
    </>
  );
}
