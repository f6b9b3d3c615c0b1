/** What the commands of calendars ask. */
import { answer, api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Holidays } from "./holidayList";

const path = ({ id }: Holidays) => ({ path: { calendar_id: id } });
const common = { fields: "holiday", touches: ["holidays"], reread: (of: Holidays) => answer(api.GET("/v1/holidays/{calendar_id}", { params: path(of) })) };

export function HolidayDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const create = useCommand({ words: "holiday_create", touches: ["holidays"], send: (body: Body<"/v1/holidays">, headers) => api.POST("/v1/holidays", { body, headers }) });
  return <CommandDrawer title={t("holidays.create")} verb={t("holidays.create")} body="HolidaysBody" words="holiday_form" command={create} onSend={(body) => create.run(body as Body<"/v1/holidays">)} onClose={onClose} />;
}

export const ChangeDialog = formDialog<Holidays, unknown>({
  ...common, words: "holiday_change", title: "holiday.change", verb: "holiday.change", body: "HolidaysChange", form: "holiday_form",
  given: ({ name, dates }) => ({ name, dates: dates.toSorted().join("\n") }),
  send: (of, body, headers) => api.PUT("/v1/holidays/{calendar_id}", { params: path(of), body, headers }),
});

export const DeleteDialog = confirmDialog<Holidays, unknown>({
  ...common, words: "holiday_delete", verb: "holiday.delete", facts: ({ id, name, dates }, t) => [[t("holiday.name"), name], [t("holiday.id"), id], [t("holiday.dates"), String(dates.length)]],
  send: (of, headers) => api.DELETE("/v1/holidays/{calendar_id}", { params: path(of), headers }),
});
