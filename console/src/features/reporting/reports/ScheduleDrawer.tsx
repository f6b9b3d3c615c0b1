/** A report made and mailed at regular times. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { useZone } from "../../../lib/zone";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { plainly, useCatalogue } from "./queries";

type Asked = Body<"/v1/report-schedules">;

export function ScheduleDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const { data } = useCatalogue();
  const { zone } = useZone();
  const create = useCommand({ words: "schedule_create", touches: ["report-schedules"], send: (body: Asked, headers) => api.POST("/v1/report-schedules", { body, headers }) });
  return (
    <CommandDrawer
      title={t("schedules.create")} verb={t("schedules.create")} body="NewSchedule" words="schedule_form" command={create}
      wish={{ first: ["name", "report", "period", "format", "frequency", "weekday", "day_of_month", "at", "time_zone", "recipients"], omit: ["id", "list", "query", "columns"] }}
      given={{ "/report": "revenue", "/format": "xlsx", "/frequency": "month", "/day_of_month": "1", "/weekday": "1", "/at": "07:00", "/time_zone": zone, "/period": "last_month" }}
      shows={({ name }, form) => (name === "weekday" ? form.values.get("/frequency") === "week" : name === "day_of_month" ? form.values.get("/frequency") === "month" : true)}
      own={{
        report: (field, form) => (
          <div key="report" className="form-field">
            <label htmlFor="schedule-report">{t("schedule_form.report")}</label>
            <select id="schedule-report" className="field" value={String(form.values.get(field.pointer) ?? "")} onChange={({ target }) => form.set(field.pointer, target.value)}>
              {(data?.items ?? []).map(({ name }) => <option key={name} value={name}>{plainly(name)}</option>)}
            </select>
          </div>
        ),
      }}
      onSend={(body) => create.run(body as Asked)} onClose={onClose}
    >
      {() => <p className="small form-note">{t("schedules.note")}</p>}
    </CommandDrawer>
  );
}
