/** A look at a row beside the list: every column of it, those not chosen too, and what may be done. */
import { useEffect, useRef, type ReactNode } from "react";
import { Link } from "react-router";
import { useI18n } from "../../lib/i18n";
import { eventsPath } from "../../lib/trail";
import { Dialog } from "../Dialog";
import { Facts } from "../Facts";
import type { Column } from "./column";

interface Props<Row> {
  label: string;
  id: string;
  row: Row;
  columns: readonly Column<Row>[];
  actions: ReactNode;
  onClose: () => void;
}

export default function Peek<Row>({ label, id, row, columns, actions, onClose }: Props<Row>) {
  const { t } = useI18n();
  const [name, ...facts] = columns;
  // The row's own link leads to its page, and away from the look.
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.querySelector<HTMLElement>("a")?.focus(), []);
  return (
    <Dialog title={t("list.peek_of", { list: label })} side onClose={onClose}>
      <div ref={body} className="stack">
        <div className="row wrap"><strong className="grow peek-name">{name?.render(row)}</strong>{actions}</div>
        <Facts facts={facts.map(({ title, render }) => [title, render(row)])} />
        <p><Link to={eventsPath(id)}>{t("list.history")}</Link></p>
      </div>
    </Dialog>
  );
}
