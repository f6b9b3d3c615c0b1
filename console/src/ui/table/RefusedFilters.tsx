/** In place of the rows: which part of the address can't be used as a filter, and the way out. */
import { useI18n } from "../../lib/i18n";
import type { DamagedFilter } from "../../lib/listQuestion";
import { ApiProblem } from "../../lib/problem";
import { Icon } from "../Icon";

interface Props {
  damaged: readonly DamagedFilter[];
  error: Error | null;
  onClear: () => void;
}

export function RefusedFilters({ damaged, error, onClear }: Props) {
  const { t } = useI18n();
  const refused = error instanceof ApiProblem ? error.errors.map(({ detail }) => detail ?? error.title) : [];
  return (
    <div className="state" role="alert">
      <span className="state-danger"><Icon name="error" size={20} /></span>
      <p className="state-title">{t("list.bad_filter")}</p>
      <ul className="muted">
        {damaged.map(({ name, value }) => <li key={name}><code dir="ltr">{name}={value.slice(0, 80)}</code></li>)}
        {damaged.length === 0 && refused.map((detail) => <li key={detail}><bdi>{detail}</bdi></li>)}
      </ul>
      <button type="button" className="button" onClick={onClear}>{t("list.clear")}</button>
    </div>
  );
}

/** Whether the API refused what was asked, so that asking the same again is of no use. */
export function isRefusal(error: Error | null): boolean {
  return error instanceof ApiProblem && (error.status === 400 || error.status === 422);
}
