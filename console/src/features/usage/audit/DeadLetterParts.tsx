/** A dead letter's page: its payload and headers as they came, and beside them what it met and what may be done. */
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { ActionButtons } from "../../../ui/command/ActionButtons";
import { Facts } from "../../../ui/Facts";
import { CustomerName } from "../../../ui/Named";
import { EmptyState } from "../../../ui/States";
import { Count, Instant } from "../../../ui/Value";
import { deadLetterActions, type DeadLetter } from "./deadLetters";
import "../records/RecordWay.css";

export function Payload({ letter: { payload, headers, error } }: { letter: DeadLetter }) {
  const { t } = useI18n();
  return (
    <>
      <Card title={t("dead_letter.error")}><Text label={t("dead_letter.error")} text={error} /></Card>
      <Card title={t("dead_letter.payload")}>
        {payload ? <Text label={t("dead_letter.payload")} text={payload.text} /> : <EmptyState icon="lock" title={t("dead_letter.no_payload")} />}
        {payload?.truncated && <p className="small muted">{t("dead_letter.truncated")}</p>}
      </Card>
      {headers && Object.keys(headers).length > 0 && <Card title={t("dead_letter.headers")}><Text label={t("dead_letter.headers")} text={JSON.stringify(headers, null, 2)} /></Card>}
    </>
  );
}

function Text({ label, text }: { label: string; text: string }) {
  // A long document scrolls in itself, and a keyboard must reach it to scroll.
  // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
  return <pre className="way-json" dir="ltr" tabIndex={0} aria-label={label}>{text}</pre>;
}

export function DeadLetterSide({ letter }: { letter: DeadLetter }) {
  const { t } = useI18n();
  const label = useLabel();
  return (
    <aside className="stack" aria-label={t("usage_record.summary")}>
      <ActionButtons thing={letter} actions={deadLetterActions} />
      <Card title={t("dead_letter.facts")}>
        <Facts
          facts={[
            [t("dead_letter.service"), label(`dead_letter.service_${letter.service}`, letter.service)],
            [t("dead_letter.of_kind"), label(`dead_letter.kind_${letter.kind}`, letter.kind)],
            letter.type !== null && [t("dead_letter.type"), <span key="type" dir="ltr">{letter.type}</span>],
            letter.account_id !== null && [t("usage.customer"), <CustomerName key="customer" id={letter.account_id} link />],
            [t("dead_letter.attempts"), <Count key="attempts" value={letter.attempts} />],
            letter.stands_behind !== null && [t("dead_letter.stands_behind"), <Count key="behind" value={letter.stands_behind} />],
            [t("dead_letter.recorded_at"), <Instant key="recorded" value={letter.recorded_at} />],
            letter.tried_at !== null && [t("dead_letter.tried_at"), <Instant key="tried" value={letter.tried_at} />],
            letter.resolved_by !== null && [t("dead_letter.resolved_by"), <span key="by" dir="ltr">{letter.resolved_by}</span>],
            letter.reason !== null && [t("usage.reason"), letter.reason],
          ]}
        />
      </Card>
    </aside>
  );
}
