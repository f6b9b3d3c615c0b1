/** What an event changed, field by field against what the log said before; and what it told beside. */
import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Nothing } from "../../../ui/Value";

export function Difference({ id }: { id: string }) {
  const { t } = useI18n();
  const { data, error, refetch } = useQuery({
    queryKey: ["events", "difference", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/events/{event_id}/difference", { params: { path: { event_id: id } }, signal })),
    staleTime: Infinity,
  });
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={4} />;
  const facts = Object.entries(data.facts);
  return (
    <div className="stack">
      <p className="small muted">{t(data.is_complete ? "difference.earlier" : "difference.earlier_some", { count: data.earlier })}</p>
      <PlainTable label={t("difference.title")}>
        <thead><tr><th scope="col">{t("difference.field")}</th><th scope="col">{t("difference.before")}</th><th scope="col">{t("difference.after")}</th><th scope="col">{t("difference.how")}</th></tr></thead>
        <tbody>
          {data.fields.map((field) => (
            <tr key={field.field}>
              <th scope="row" dir="ltr">{field.field}</th>
              <td>{field.is_known ? <Said value={field.before} /> : <Nothing />}{field.said_by && <span className="small muted" dir="ltr"> {field.said_by}</span>}</td>
              <td><Said value={field.after} /></td>
              <td>{t(field.is_different === null ? "difference.sealed" : !field.is_known ? "difference.new" : field.is_different ? "difference.changed" : "difference.same")}</td>
            </tr>
          ))}
          {facts.map(([name, value]) => (
            <tr key={name}><th scope="row" dir="ltr">{name}</th><td><Nothing /></td><td><Said value={value} /></td><td>{t("difference.fact")}</td></tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}

function Said({ value }: { value: unknown }) {
  if (value === null || value === undefined) return <Nothing />;
  return <code dir="ltr">{typeof value === "string" ? value : JSON.stringify(value)}</code>;
}
