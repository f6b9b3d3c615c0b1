/** How much of a whole is used, as a bar: `<Progress label={t("commitments.title")} share="0.45" />`; more than all is all. */
import "./Progress.css";

interface Props {
  label: string;
  /** Between "0" and "1". A bar has few steps: what is exact stands beside it. */
  share: string;
  /** Nothing is left. */
  full?: boolean;
}

export function Progress({ label, share, full = false }: Props) {
  return <progress className={full ? "bar full" : "bar"} aria-label={label} value={Math.min(1, Number(share))} max={1} />;
}
