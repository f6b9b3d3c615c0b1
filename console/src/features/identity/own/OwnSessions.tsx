/** Where one is signed in, and the end of any of them. */
import { useQuery } from "@tanstack/react-query";
import { api } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Instant } from "../../../ui/Value";
import { ownSessionsQuery, type OwnSession } from "./queries";

export function OwnSessions() {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery(ownSessionsQuery);
  const endOthers = useCommand({ words: "sessions_end", touches: ["own-sessions"], loud: true, send: (_: object) => api.POST("/v1/sessions/end-others") });
  const others = data?.items.some(({ current }) => !current) ?? false;
  return (
    <Card
      title={t("own.sessions")} flush
      aside={others && <button type="button" className="button" disabled={endOthers.isBusy} onClick={() => endOthers.run({})}>{t("own.end_others")}</button>}
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton lines={3} /> : <Table sessions={data.items} />}
    </Card>
  );
}

function Table({ sessions }: { sessions: readonly OwnSession[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("own.sessions")}>
      <thead><tr><th>{t("own.device")}</th><th>{t("own.network")}</th><th>{t("own.method")}</th><th>{t("own.last_seen")}</th><th>{t("own.since")}</th><th><span className="visually-hidden">{t("list.actions")}</span></th></tr></thead>
      <tbody>{sessions.map((session) => <Row key={session.id} session={session} />)}</tbody>
    </PlainTable>
  );
}

function Row({ session }: { session: OwnSession }) {
  const { t } = useI18n();
  const label = useLabel();
  const end = useCommand({
    words: "session_end", touches: ["own-sessions"], loud: true, subject: (id: string) => id,
    send: (id: string) => api.DELETE("/v1/sessions/{session_id}", { params: { path: { session_id: id } } }),
  });
  return (
    <tr>
      <td dir="auto">{session.agent || t("own.unknown_device")}</td>
      <td><code dir="ltr">{session.network}</code></td>
      <td>{label(`own.method_${session.method}`, session.method)}</td>
      <td><Instant value={session.last_seen_at} /></td>
      <td><Instant value={session.created_at} /></td>
      <td>{session.current ? <strong>{t("own.this_one")}</strong> : <button type="button" className="button quiet" disabled={end.isBusy} onClick={() => end.run(session.id)}>{t("own.end")}</button>}</td>
    </tr>
  );
}
