/** The network state of a subscription's line: what it should have, whether the equipment was told, and what it said. */
import { useI18n } from "../../../lib/i18n";
import { isStatus } from "../../../lib/problem";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Processing } from "../../../ui/command/Processing";
import { Stepper } from "../../../ui/detail/Stepper";
import { Facts } from "../../../ui/Facts";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { StatusTag } from "../../../ui/StatusTag";
import { Count, Instant, Nothing } from "../../../ui/Value";
import { accessActions, type LineAccess } from "./actions";
import { lineOf, useAccess, useIntentsOf, type Access } from "./queries";
import { Wanted, Why } from "./Wanted";

export function LineNetwork({ subscription, mayWrite }: { subscription: string; mayWrite: boolean }) {
  const { t } = useI18n();
  const line = lineOf(subscription);
  const { data, error, refetch } = useAccess(line);
  if (!data && isStatus(error, 404)) return <Card title={t("network.line")}><EmptyState icon="service" title={t("network.unknown_line")} /></Card>;
  if (!data) return <Card title={t("network.line")}>{error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={6} />}</Card>;
  return (
    <>
      <Card title={t("network.line")}>
        {data.version === 0 ? <NeverTold access={data} mayWrite={mayWrite} /> : <Told access={data} mayWrite={mayWrite} />}
      </Card>
      {data.version > 0 && <History line={line} />}
    </>
  );
}

/** What the kit of actions asks for: an id and a version. */
function asThing(access: Access): LineAccess {
  return { ...access, id: access.resource_id, allowed_actions: [...access.allowed_actions, { action: "element", allowed: true, reason: null }] };
}

function NeverTold({ access, mayWrite }: { access: Access; mayWrite: boolean }) {
  const { t } = useI18n();
  return (
    <div className="stack">
      <p className="muted">{t("network.never_told")}</p>
      {mayWrite && <ActionButtons thing={asThing(access)} actions={accessActions} />}
    </div>
  );
}

function Told({ access, mayWrite }: { access: Access; mayWrite: boolean }) {
  const { t } = useI18n();
  const { state, element_id, answer, attempts, sent_at, acknowledged_at } = access;
  const isDone = state === "acknowledged";
  const steps = [
    { name: t("network.step_wanted"), done: true, current: state === "pending" },
    { name: t("network.step_sent"), done: sent_at !== null, current: sent_at !== null && !isDone },
    { name: t("network.step_acknowledged"), done: isDone, current: isDone },
  ];
  return (
    <div className="stack">
      <Stepper steps={steps} />
      {state !== null && !isDone && <p className={state === "refused" || state === "timed_out" ? "command-error" : "command-changed"} role="status">{t(`network.differs_${state}`)}</p>}
      <Facts
        facts={[
          [t("network.desired"), <Wanted key="wanted" desired={access.desired} profile={access.profile} />],
          access.why.length > 0 && [t("network.why"), <Why key="why" why={access.why} />],
          [t("network.state"), state === null ? <Nothing key="state" /> : <StatusTag key="state" kind="network" status={state} />],
          [t("network.element"), element_id === null ? <span key="element" className="muted">{t("network.only_one")}</span> : <span key="element" dir="ltr">{element_id}</span>],
          [t("network.sent_at"), <Instant key="sent" value={sent_at} seconds />],
          [t("network.acknowledged_at"), <Instant key="acknowledged" value={acknowledged_at} seconds />],
          [t("network.answer"), answer ? <span key="answer" className="break" dir="auto">{answer}</span> : <Nothing key="answer" />],
          [t("network.attempts"), <Count key="attempts" value={attempts} />],
        ]}
      />
      <Processing subject={access.resource_id} />
      {mayWrite && <ActionButtons thing={asThing(access)} actions={accessActions} />}
    </div>
  );
}

function History({ line }: { line: string }) {
  const { t } = useI18n();
  const { data } = useIntentsOf(line);
  if (!data) return null;
  return (
    <Card title={t("network.history")} flush>
      <PlainTable label={t("network.history")} className="stacked">
        <thead><tr><th scope="col">{t("network.wanted_at")}</th><th scope="col">{t("network.desired")}</th><th scope="col">{t("network.state")}</th><th scope="col">{t("network.answer")}</th></tr></thead>
        <tbody>
          {data.items.map((intent) => (
            <tr key={intent.version}>
              <th scope="row"><Instant value={intent.wanted_at} />{intent.reason !== "" && <span className="small muted below" dir="auto">{intent.reason}</span>}</th>
              <td data-label={t("network.desired")}><Wanted desired={intent.desired} profile={intent.profile} /></td>
              <td data-label={t("network.state")}><StatusTag kind="network" status={intent.state} /></td>
              <td className="break" data-label={t("network.answer")}>{intent.answer || <Nothing />}<span className="small muted below">{t("network.times", { count: intent.attempts })}</span></td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </Card>
  );
}
