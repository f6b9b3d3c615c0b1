/**
 * What a block shows when it has nothing to show: it is loading, it is empty, it failed, it is not for this reader.
 *
 * An error names the trace id to quote and offers Retry; a read that was refused for the reader's role (403) says so.
 */
import type { ReactNode } from "react";
import { useI18n } from "../lib/i18n";
import { ApiProblem, isStatus, isTimeout } from "../lib/problem";
import { CopyButton } from "./CopyButton";
import { Icon, type IconName } from "./Icon";
import "./States.css";

/** Grey bars in the place of `lines` lines, so that nothing moves when they come. */
export function Skeleton({ lines, height = 20 }: { lines: number; height?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} style={{ height: `${height - 8}px`, margin: "4px 0", width: `${92 - ((line * 17) % 34)}%` }} />
      ))}
    </div>
  );
}

/** A page that is still fetched: it has a name too, for whoever can't see the grey bars. */
export function PageWaiting() {
  const { t } = useI18n();
  return (
    <div className="stack">
      <h1 className="visually-hidden">{t("state.waiting")}</h1>
      <Skeleton lines={10} height={40} />
    </div>
  );
}

/** Before the first answer of all: blank for a moment, then a word, so that a slow server is not taken for a broken page. */
export function Waiting() {
  const { t } = useI18n();
  return <p className="state waiting-word" role="status">{t("state.waiting")}</p>;
}

export function EmptyState({ icon = "info", title, children }: { icon?: IconName; title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <Icon name={icon} size={20} />
      <p className="state-title">{title}</p>
      {children}
    </div>
  );
}

export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useI18n();
  if (isStatus(error, 403)) {
    return <EmptyState icon="lock" title={t("state.forbidden")}><p className="muted">{t("state.forbidden_hint")}</p></EmptyState>;
  }
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className="state" role="alert">
      <span className="state-danger"><Icon name="error" size={20} /></span>
      <p className="state-title">{problem?.title ?? t(isTimeout(error) ? "state.timed_out" : "state.unreachable")}</p>
      {problem?.detail && <p className="muted"><bdi>{problem.detail}</bdi></p>}
      {problem?.traceId && (
        <p className="muted small row">
          {t("state.trace")} <code>{problem.traceId}</code> <CopyButton text={problem.traceId} />
        </p>
      )}
      <button type="button" className="button no-print" onClick={onRetry}>
        <Icon name="refresh" /> {t("action.retry")}
      </button>
    </div>
  );
}
