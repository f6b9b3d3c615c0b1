/** Starts a run after a look at what it would collect, and says what became of it at the bank. */
import { useMutation } from "@tanstack/react-query";
import { useId, useState, type SubmitEvent } from "react";
import { useNavigate } from "react-router";
import { answer, api, type Body } from "../../../lib/api";
import { refusalOf } from "../../../lib/commands";
import { useI18n } from "../../../lib/i18n";
import { ApiProblem } from "../../../lib/problem";
import { useCommand } from "../../../lib/useCommand";
import { ConfirmCommand } from "../../../ui/command/ConfirmCommand";
import { CommandOutcome } from "../../../ui/command/CommandOutcome";
import { DateField } from "../../../ui/DateField";
import { Dialog } from "../../../ui/Dialog";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import "../../../ui/form/form.css";
import { PlainTable } from "../../../ui/PlainTable";
import { BillingDate, Count, Money } from "../../../ui/Value";
import { runPath, type Debit, type Plan, type Run } from "./queries";

/** As the server has it where nothing else is said: days that customers know of an invoice before it is collected. */
const notice_days = 14;
const scheme = "CORE";
const touches = ["debit_runs", "debits", "payments", "invoices", "customers"];
const place = ({ id }: Run) => ({ path: { run_id: id } });

interface Props {
  thing: Run;
  onClose: () => void;
}

export function SubmitDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const submit = useCommand({ words: "debits_submit", touches, subject: ({ id }: Run) => id, send: (run: Run, headers) => api.POST("/v1/direct-debits/{run_id}/submit", { params: place(run), headers }) });
  return <ConfirmCommand command={submit} words="debits_submit" verb={t("run_debits.submit")} fields="run_debits" facts={[[t("run_debits.collected"), <Money key="sum" value={thing.collected} />]]} onConfirm={() => submit.run(thing)} onClose={onClose} />;
}

export function CancelDialog({ thing, onClose }: Props) {
  const { t } = useI18n();
  const cancel = useCommand({ words: "debits_cancel", touches, subject: ({ id }: Run) => id, send: (run: Run, headers) => api.POST("/v1/direct-debits/{run_id}/cancel", { params: place(run), headers }) });
  return <ConfirmCommand command={cancel} words="debits_cancel" verb={t("run_debits.cancel")} fields="run_debits" facts={[[t("run_debits.collected"), <Money key="sum" value={thing.collected} />]]} onConfirm={() => cancel.run(thing)} onClose={onClose} />;
}

type BookBody = Body<"/v1/direct-debits/{run_id}/book">;

export function BookDrawer({ thing, onClose }: Props) {
  const { t } = useI18n();
  const book = useCommand({ words: "debits_book", touches, subject: () => thing.id, send: (body: BookBody, headers) => api.POST("/v1/direct-debits/{run_id}/book", { params: place(thing), body, headers }) });
  return <CommandDrawer title={t("run_debits.book")} verb={t("run_debits.book")} body="DirectDebitBookBody" words="debits_book_form" command={book} onSend={(body) => book.run(body as BookBody)} onClose={onClose} />;
}

type ReturnBody = Body<"/v1/direct-debits/{run_id}/debits/{debit_id}/return">;

export function ReturnDrawer({ thing, onClose }: { thing: Debit & { run_id: string }; onClose: () => void }) {
  const { t } = useI18n();
  const back = useCommand({
    words: "debit_return", touches, subject: () => thing.id,
    send: (body: ReturnBody, headers) => api.POST("/v1/direct-debits/{run_id}/debits/{debit_id}/return", { params: { path: { run_id: thing.run_id, debit_id: thing.id } }, body, headers }),
  });
  return <CommandDrawer title={t("debit.return")} verb={t("debit.return")} body="DirectDebitReturnBody" words="debit_return_form" command={back} onSend={(body) => back.run(body as ReturnBody)} onClose={onClose} />;
}

/** The dry run comes first: nothing is collected that was not seen. */
export function RunDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const id = useId();
  const navigate = useNavigate();
  const [day, setDay] = useState("");
  const asked = { collection_date: day || null, scheme, notice_days } as const;
  const look = useMutation({ mutationFn: async () => (await answer(api.POST("/v1/direct-debits", { body: { ...asked, dry_run: true } }))) as Plan });
  const start = useCommand({
    words: "debits_start", touches,
    send: (plan: Plan, headers) => api.POST("/v1/direct-debits", { body: { ...asked, collection_date: plan.collection_date, dry_run: false }, headers }),
    onDone: (body) => { if ("id" in body) void navigate(runPath(body.id)); },
  });
  const plan = look.data;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    look.mutate();
  };
  const said = look.error instanceof ApiProblem ? (look.error.errors[0]?.detail ?? refusalOf(look.error) ?? look.error.detail) : null;
  return (
    <Dialog
      title={t("debit_runs.create")} side onClose={() => (start.isBusy ? undefined : onClose())}
      footer={
        <>
          <button type="button" className="button" disabled={start.isBusy} onClick={onClose}>{t("action.cancel")}</button>
          <button type="button" className="button primary" disabled={!plan || plan.debits === 0 || start.isBusy || look.isPending} onClick={() => plan && start.run(plan)}>{t(start.isBusy ? "command.processing" : "debits_start.collect")}</button>
        </>
      }
    >
      <div className="stack">
        <form id={id} className="row wrap" noValidate onSubmit={submit}>
          <DateField label={t("debits_start.day")} value={day} onChange={setDay} />
          <button type="submit" className="button" disabled={look.isPending}>{t("debits_start.look")}</button>
        </form>
        {look.isError && <p className="form-problem" role="alert">{said ? t("debits_start.failed", { reason: said }) : t("debits_start.unknown")}</p>}
        {plan && <Planned plan={plan} />}
        <CommandOutcome command={start} fields="run_debits" />
      </div>
    </Dialog>
  );
}

function Planned({ plan }: { plan: Plan }) {
  const { t } = useI18n();
  return (
    <>
      <p><Count value={plan.debits} /> · <Money value={plan.total} /> · <BillingDate value={plan.collection_date} /> · {t("debits_start.excluded")} <Count value={plan.excluded} /></p>
      <PlainTable label={t("debits_start.plan")}>
        <thead><tr><th scope="col">{t("debit.number")}</th><th scope="col">{t("debit.account")}</th><th scope="col" className="end">{t("debit.amount")}</th></tr></thead>
        <tbody>
          {plan.items.map((item) => (
            <tr key={item.invoice_id}>
              <th scope="row" dir="ltr">{item.number}{item.why_not && <span className="small muted below" dir="auto">{item.why_not}</span>}</th>
              <td dir="ltr">{item.account_id}</td>
              <td className="end"><Money value={item.amount} /></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </>
  );
}
