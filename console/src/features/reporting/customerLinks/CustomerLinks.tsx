/** Links by which a customer reads the page of the account without a login: made, copied, mailed, and ended together. */
import { useQuery } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { answer, api, type Answer } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Instant } from "../../../ui/Value";

type Links = Answer<"/v1/accounts/{account_id}/customer-links">;
type Link = Links["items"][number];

const days = { least: 1, usual: 30, most: 366 } as const;

export function CustomerLinks({ id }: { id: string }) {
  const { t } = useI18n();
  const path = { account_id: id };
  const { data, error, refetch } = useQuery({
    queryKey: ["customer-links", id],
    queryFn: ({ signal }) => answer(api.GET("/v1/accounts/{account_id}/customer-links", { params: { path, query: { status: ["active"] } }, signal })),
  });
  const revoke = useCommand({ words: "revoke_links", touches: ["customer-links"], loud: true, send: (_: null, headers) => api.POST("/v1/accounts/{account_id}/customer-links/revoke", { params: { path }, headers }) });
  const hasLinks = data !== undefined && data.items.length > 0;
  return (
    <Card title={t("links.title")} aside={hasLinks && <button type="button" className="button no-print" disabled={revoke.isBusy} onClick={() => revoke.run(null)}>{t("links.revoke")}</button>}>
      <div className="stack">
        <p className="small muted">{t("links.hint")}</p>
        <NewLink id={id} />
        {data ? <ul className="stack tight">{data.items.map((link) => <Row key={link.id} link={link} />)}</ul> : error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton lines={2} />}
        {data && !hasLinks && <p className="muted">{t("links.none")}</p>}
      </div>
    </Card>
  );
}

function NewLink({ id }: { id: string }) {
  const { t } = useI18n();
  const [made, setMade] = useState<string | null>(null);
  const make = useCommand({
    words: "make_link", touches: ["customer-links"], loud: true,
    send: (body: { days: number; send: boolean }, headers) => api.POST("/v1/accounts/{account_id}/customer-links", { params: { path: { account_id: id } }, body, headers }),
    onDone: (link) => setMade("path" in link ? `${location.origin}${link.path}` : null),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = Number(new FormData(event.currentTarget).get("days"));
    make.run({ days: wanted, send: event.submitter instanceof HTMLButtonElement && event.submitter.value === "send" });
  };
  return (
    <form onSubmit={submit} className="stack tight no-print">
      <label htmlFor={`link-days-${id}`}>{t("links.days")}</label>
      <input id={`link-days-${id}`} name="days" type="number" className="field" required min={days.least} max={days.most} step={1} defaultValue={days.usual} />
      <div className="row wrap">
        <button type="submit" className="button" disabled={make.isBusy}>{t("links.make")}</button>
        <button type="submit" className="button" value="send" disabled={make.isBusy}>{t("links.make_send")}</button>
      </div>
      {made && <p role="status"><span className="small">{t("links.copy")}</span> <code className="break" dir="ltr">{made}</code> <CopyButton text={made} /></p>}
    </form>
  );
}

function Row({ link }: { link: Link }) {
  const { t } = useI18n();
  const send = useCommand({ words: "send_link", touches: ["customer-links"], loud: true, send: (_: null, headers) => api.POST("/v1/accounts/{account_id}/customer-links/{link_id}/send", { params: { path: { account_id: link.account_id, link_id: link.id } }, headers }) });
  return (
    <li className="row wrap">
      <span className="grow small">
        {t("links.expires_at")} <BillingDate value={link.expires_at.slice(0, 10)} />
        <span className="muted below">{t("links.opened_at")}: <Instant value={link.last_opened_at} /></span>
      </span>
      <button type="button" className="button no-print" disabled={send.isBusy} onClick={() => send.run(null)}>{t("links.send")}</button>
    </li>
  );
}
