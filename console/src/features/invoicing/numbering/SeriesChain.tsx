/** The chain of a numbering series: each document with its hash and that of the one before, and whether all of it holds. */
import { Link } from "react-router";
import { useI18n } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { CopyButton } from "../../../ui/CopyButton";
import { Icon } from "../../../ui/Icon";
import { PlainTable } from "../../../ui/PlainTable";
import { EmptyState, ErrorState, Skeleton } from "../../../ui/States";
import { BillingDate, Nothing } from "../../../ui/Value";
import { creditNotePath } from "../corrections/queries";
import { Difference } from "../proof/Difference";
import { invoicePath } from "../queries";
import { useLinks, useWalk, type Broken, type ChainLink, type Walked } from "./chain";

export function ChainVerdict({ series }: { series: string }) {
  const { t } = useI18n();
  const { result, error, isWalking, start } = useWalk(series);
  return (
    <Card title={t("chain.verdict")}>
      <div className="stack tight" aria-live="polite">
        <p className="small muted">{t("chain.hint")}</p>
        {result && <Verdict walked={result} />}
        {error !== null && <ErrorState error={error} onRetry={start} />}
        <div><button type="button" className="button" disabled={isWalking} onClick={start}><Icon name="checkCircle" /> {t(isWalking ? "chain.walking" : "chain.verify")}</button></div>
      </div>
    </Card>
  );
}

function Verdict({ walked }: { walked: Walked }) {
  const { t } = useI18n();
  if (walked.broken) return <BrokenLink broken={walked.broken} />;
  return (
    <>
      <p><Icon name={walked.isDone ? "checkCircle" : "clock"} /> {t(walked.isDone ? "chain.holds" : "chain.so_far", { count: walked.links })}</p>
      {walked.unproven > 0 && <p className="small muted">{t("chain.unproven", { count: walked.unproven })}</p>}
      {walked.waiting > 0 && <p className="small muted">{t("chain.waiting", { count: walked.waiting })}</p>}
    </>
  );
}

function BrokenLink({ broken }: { broken: Broken }) {
  const { t } = useI18n();
  return (
    <>
      <p className="danger-text"><Icon name="warning" /> {t("chain.broken", { number: broken.number })}</p>
      <Difference of={broken} />
    </>
  );
}

export function SeriesLinks({ series }: { series: string }) {
  const { t } = useI18n();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useLinks(series);
  const links = data?.pages.flatMap(({ items }) => items);
  return (
    <Card title={t("chain.links")} flush>
      {links?.length === 0 && <EmptyState icon="tag" title={t("chain.none")} />}
      {links && links.length > 0 && <Links links={links} />}
      {!links && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!links && !error && <div className="pad"><Skeleton lines={6} height={32} /></div>}
      {hasNextPage && <div className="pad"><button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("chain.more")}</button></div>}
    </Card>
  );
}

function Links({ links }: { links: readonly ChainLink[] }) {
  const { t } = useI18n();
  return (
    <PlainTable label={t("chain.links")} className="stacked">
      <thead>
        <tr>
          <th scope="col" className="end">{t("chain.n")}</th>
          <th scope="col">{t("chain.number")}</th>
          <th scope="col">{t("chain.issued_on")}</th>
          <th scope="col">{t("chain.hash")}</th>
          <th scope="col">{t("chain.previous")}</th>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => (
          <tr key={link.n}>
            <td className="end number muted" data-label={t("chain.n")}>{link.n}</td>
            <th scope="row"><Link className="number" dir="ltr" to={link.kind === "credit_note" ? creditNotePath(link.document_id) : invoicePath(link.document_id)}>{link.number}</Link></th>
            <td data-label={t("chain.issued_on")}><BillingDate value={link.issued_on} /></td>
            <td data-label={t("chain.hash")}><Hash hash={link.sha256} /></td>
            <td data-label={t("chain.previous")}><Hash hash={link.previous_sha256} /></td>
          </tr>
        ))}
      </tbody>
    </PlainTable>
  );
}

/** So much of it as an eye compares; the whole of it is copied. */
function Hash({ hash }: { hash: string | null }) {
  if (hash === null) return <Nothing />;
  return <span className="nowrap"><code dir="ltr" title={hash}>{hash.slice(0, 16)}…</code> <CopyButton text={hash} /></span>;
}
