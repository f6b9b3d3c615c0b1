/** A panel with a heading and what belongs to it: `<Card title={t("overview.events")} aside={<Link …/>}>`. */
import { useId, type ReactNode } from "react";

interface Props {
  title: string;
  aside?: ReactNode;
  className?: string;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean;
  children: ReactNode;
}

export function Card({ title, aside, className = "", flush = false, children }: Props) {
  const heading = useId();
  return (
    <section className={`card ${className}`.trim()} aria-labelledby={heading}>
      <header>
        <h2 id={heading}>{title}</h2>
        {aside}
      </header>
      <div className={flush ? "flush" : "body"}>{children}</div>
    </section>
  );
}
