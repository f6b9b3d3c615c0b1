/**
 * A plan or a customer by its name, with the id below it: `<PlanName id={plan_id} link />`; a meter by its name alone, for
 * its id says the same.
 *
 * The id stands alone where there is no name; its line is kept free meanwhile, so that nothing moves when the name comes.
 */
import { Link } from "react-router";
import { useName, type Named } from "../lib/names";
import "./Named.css";

interface Props {
  id: string;
  /** Leads to its page. */
  link?: boolean;
  /** On one line, the id behind the name. */
  inline?: boolean;
}

export function PlanName(props: Props) {
  return <Shown kind="plan" path={`/plans/${encodeURIComponent(props.id)}`} {...props} />;
}

export function CustomerName(props: Props) {
  return <Shown kind="account" path={`/customers/${encodeURIComponent(props.id)}`} {...props} />;
}

export function MeterName({ id }: { id: string }) {
  const name = useName("meter", id);
  return <span className="nowrap" dir={name ? "auto" : "ltr"} title={id}>{name ?? id}</span>;
}

function Shown({ kind, path, id, link = false, inline = false }: Props & { kind: Named; path: string }) {
  const name = useName(kind, id);
  const first = <span dir={name ? "auto" : "ltr"}>{name ?? id}</span>;
  const second = name && name !== id ? id : name === undefined ? "\u00a0" : null;
  return (
    <span className={inline ? "named inline" : "named"}>
      {link ? <Link to={path}>{first}</Link> : first}
      {second !== null && <span className="small muted named-id" dir="ltr">{second}</span>}
    </span>
  );
}
