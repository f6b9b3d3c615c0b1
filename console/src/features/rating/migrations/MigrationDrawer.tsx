/**
 * Moves the customers of a plan to another plan, or to another version of it: whom, to what, from which day; what it
 * costs each of them is shown before anything is scheduled.
 */
import { useId, useState, type ReactNode } from "react";
import { api } from "../../../lib/api";
import { fieldErrorsOf } from "../../../lib/commands";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { Dialog } from "../../../ui/Dialog";
import { PickerField } from "../../../ui/form/PickerField";
import "../../../ui/form/form.css";
import { ErrorState, Skeleton } from "../../../ui/States";
import { CustomersField } from "../CustomerNames";
import { usePlan, type Plan } from "../plans/queries";
import { MovesTable } from "./MovesTable";
import { previewMigration, type MigrationBody, type MigrationPreview } from "./queries";

export default function MigrationDrawer({ plan, onClose, onScheduled }: { plan: Plan; onClose: () => void; onScheduled: (id: string | null) => void }) {
  const { t } = useI18n();
  const id = useId();
  const today = useToday();
  const [target, setTarget] = useState(plan.id);
  const [toVersion, setToVersion] = useState("");
  const [fromVersion, setFromVersion] = useState("");
  const [day, setDay] = useState("");
  const [people, setPeople] = useState<readonly string[]>([]);
  const { data: other } = usePlan(target, target !== "" && target !== plan.id);
  const versions = (target === plan.id ? plan : other)?.versions.filter(({ status }) => status !== "draft") ?? [];
  const body: MigrationBody = {
    from_plan_id: plan.id, ...(fromVersion ? { from_version: Number(fromVersion) } : {}), to_plan_id: target, ...(toVersion ? { to_version: Number(toVersion) } : {}), on: day, ...(people.length > 0 ? { account_ids: [...people] } : {}), preview: false,
  };
  const preview = usePreview(plan.id, body);
  const schedule = useCommand({
    words: "migration_schedule", touches: ["migrations", "plans", "subscriptions", "customers"], subject: () => plan.id,
    send: (sent: MigrationBody, { "Idempotency-Key": key }) => api.POST("/v1/plans/{plan_id}/migrations", { params: { path: { plan_id: plan.id } }, body: sent, headers: { "Idempotency-Key": key } }),
    onDone: (made) => { onScheduled("id" in made && typeof made.id === "string" ? made.id : null); },
  });
  const refused = schedule.fields.size > 0 ? schedule.fields : preview.refused;
  const problem = (...names: string[]): ReactNode => {
    const said = names.flatMap((name) => refused.get(`/${name}`) ?? []);
    return said.length === 0 ? null : <p className="form-problem small" role="alert">{said.join("; ")}</p>;
  };
  const isReady = target !== "" && day !== "";
  return (
    <Dialog
      title={t("migration.create")} onClose={() => schedule.phase !== "sending" && onClose()} side
      footer={
        <>
          <button type="button" className="button" disabled={schedule.phase === "sending"} onClick={onClose}>{t("action.cancel")}</button>
          {preview.shown
            ? <button type="button" className="button primary" disabled={schedule.isBusy || preview.shown.total === 0} onClick={() => schedule.run(body)}>{schedule.isBusy ? t("command.processing") : t("migration.schedule")}</button>
            : <button type="button" className="button primary" disabled={!isReady || preview.isAsking} onClick={() => preview.ask(null)}>{t("form.preview")}</button>}
        </>
      }
    >
      <div className="stack">
        <div className="form-field">
          <label htmlFor={`${id}-to`}>{t("migration.to_plan")}</label>
          <PickerField id={`${id}-to`} kind="plan" label={t("migration.to_plan")} value={target} onChange={(chosen) => { setTarget(chosen); setToVersion(""); }} wrong={{}} />
          {problem("to_plan_id")}
        </div>
        <VersionField label={t("migration.to_version")} any={t("migration.version_in_force")} value={toVersion} versions={versions} onChange={setToVersion}>{problem("to_version")}</VersionField>
        <VersionField label={t("migration.from_version")} any={t("migration.any_version")} value={fromVersion} versions={plan.versions.filter(({ status }) => status !== "draft")} onChange={setFromVersion}>{problem("from_version", "from_plan_id")}</VersionField>
        <label className="form-field">
          <span>{t("migration.on")}</span>
          <input className="field" type="date" min={today} value={day} onChange={(event) => setDay(event.target.value)} />
          {problem("on")}
        </label>
        <CustomersField label={t("migration.customers")} everybody={t("migration.everybody")} ids={people} onChange={setPeople} />
        {problem("account_ids")}
        <section className="stack" aria-live="polite" aria-busy={preview.isAsking} aria-label={t("form.preview")}>
          {preview.shown && <MovesTable preview={preview.shown} />}
          {preview.shown?.next_cursor && <div><button type="button" className="button" disabled={preview.isAsking} onClick={() => preview.ask(preview.shown?.next_cursor ?? null)}>{t("migration.more")}</button></div>}
          {preview.isAsking && <Skeleton lines={4} />}
          {preview.error !== null && refused.size === 0 && <ErrorState error={preview.error} onRetry={() => preview.ask(null)} />}
        </section>
        {!schedule.isBusy && schedule.fields.size === 0 && <CommandOutcome command={schedule} fields="migration" />}
      </div>
    </Dialog>
  );
}

interface VersionFieldProps {
  label: string;
  /** What leaving it open means. */
  any: string;
  value: string;
  versions: Plan["versions"];
  onChange: (version: string) => void;
  children: ReactNode;
}

function VersionField({ label, any, value, versions, onChange, children }: VersionFieldProps) {
  const { t } = useI18n();
  return (
    <label className="form-field">
      <span>{label}</span>
      <select className="field" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{any}</option>
        {versions.toReversed().map(({ version }) => <option key={version} value={version}>{t("versions.n", { n: version })}</option>)}
      </select>
      {children}
    </label>
  );
}

/** What exactly this would do; more of it is added page by page, and another body begins anew. */
function usePreview(plan_id: string, body: MigrationBody) {
  const of = JSON.stringify(body);
  const [state, setState] = useState<{ of: string; shown: MigrationPreview | null; error: unknown }>({ of: "", shown: null, error: null });
  const [isAsking, setAsking] = useState(false);
  const current = state.of === of ? state : null;
  const ask = (cursor: string | null) => {
    setAsking(true);
    const before = cursor === null ? [] : (current?.shown?.items ?? []);
    void previewMigration(plan_id, body, cursor)
      .then((shown) => setState({ of, shown: { ...shown, items: [...before, ...shown.items] }, error: null }), (error: unknown) => setState({ of, shown: null, error }))
      .finally(() => setAsking(false));
  };
  return { ask, isAsking, shown: current?.shown ?? null, error: current?.error ?? null, refused: fieldErrorsOf(current?.error) };
}
