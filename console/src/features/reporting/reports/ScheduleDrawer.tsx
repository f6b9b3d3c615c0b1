/** A report made and mailed at regular times: set up anew, or changed. What a list asks, and of which columns, stays as it is. */
import { answer, api, type Body } from "../../../lib/api";
import type { Value } from "../../../lib/form/values";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { useZone } from "../../../lib/zone";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { plainly } from "./names";
import { useCatalogue, type Schedule } from "./queries";

type Asked = Body<"/v1/report-schedules">;
type Changed = Omit<Asked, "id">;

const order = ["name", "report", "period", "format", "frequency", "weekday", "day_of_month", "at", "time_zone", "recipients"];
const place = ({ id }: Schedule) => ({ path: { schedule_id: id } });

export function ScheduleDrawer({ schedule = null, onClose }: { schedule?: Schedule | null; onClose: () => void }) {
  const { t, language } = useI18n();
  const { data } = useCatalogue();
  const { zone } = useZone();
  const touches = ["report-schedules"];
  const create = useCommand({ words: "schedule_create", touches, send: (body: Asked, headers) => api.POST("/v1/report-schedules", { body, headers }) });
  const change = useCommand({
    words: "schedule_change", touches, version: ({ of }: { of: Schedule; body: Changed }) => of.version,
    send: ({ of, body }, headers) => api.PUT("/v1/report-schedules/{schedule_id}", { params: place(of), body, headers }),
    reread: ({ of }) => answer(api.GET("/v1/report-schedules/{schedule_id}", { params: place(of) })),
  });
  const common = {
    words: "schedule_form",
    shows: ({ name }: { name: string }, form: { values: ReadonlyMap<string, Value> }) => (name === "weekday" ? form.values.get("/frequency") === "week" : name === "day_of_month" ? form.values.get("/frequency") === "month" : true),
    own: {
      report: (field: { pointer: string }, form: { values: ReadonlyMap<string, Value>; set: (pointer: string, value: Value) => void }) => (
        <div key="report" className="form-field">
          <label htmlFor="schedule-report">{t("schedule_form.report")}</label>
          <select id="schedule-report" className="field" value={String(form.values.get(field.pointer) ?? "")} onChange={({ target }) => form.set(field.pointer, target.value)}>
            {(data?.items ?? []).map(({ name }) => <option key={name} value={name}>{plainly(name)}</option>)}
          </select>
        </div>
      ),
    },
    onClose,
  };
  if (schedule) {
    const { list, query, columns, report } = schedule;
    return (
      <CommandDrawer
        {...common} title={t("schedules.change_of", { name: schedule.name })} verb={t("schedules.save")} body="ScheduleBody" changes="schedule_form" command={change} from={schedule}
        wish={{ first: order, omit: ["list", "query", "columns", "language", ...(report === null ? ["report", "period"] : [])] }}
        onSend={(body) => change.run({ of: schedule, body: { ...body, query, columns, language: schedule.language, ...(list !== null && { list }) } as unknown as Changed }, schedule)}
      >
        {() => <p className="small form-note">{t("schedules.change_note")}</p>}
      </CommandDrawer>
    );
  }
  return (
    <CommandDrawer
      {...common} title={t("schedules.create")} verb={t("schedules.create")} body="NewSchedule" command={create}
      wish={{ first: order, omit: ["id", "list", "query", "columns", "language"] }}
      given={{ "/report": "revenue", "/format": "xlsx", "/frequency": "month", "/day_of_month": "1", "/weekday": "1", "/at": "07:00", "/time_zone": zone, "/period": "last_month" }}
      onSend={(body) => create.run({ ...body, language: language.tag } as Asked)}
    >
      {() => <p className="small form-note">{t("schedules.note")}</p>}
    </CommandDrawer>
  );
}
