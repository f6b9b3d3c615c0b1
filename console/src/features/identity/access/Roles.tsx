/** What each role may, in words, and roles of one's own: a fixed one held to scopes. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { Answer } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { Card } from "../../../ui/Card";
import { PageTitle } from "../../../ui/PageTitle";
import { PlainTable } from "../../../ui/PlainTable";
import { ErrorState, Skeleton } from "../../../ui/States";
import { Count, Nothing } from "../../../ui/Value";
import { useMay } from "../session";
import { rolesQuery } from "./parts";
import { RoleName } from "./userList";

export type Role = Answer<"/v1/roles">["items"][number];
type Asked = { kind: "make" } | { kind: "update" | "delete"; role: Role };

const dialogs = () => import("./roleDialogs");
const Drawer = lazy(async () => ({ default: (await dialogs()).RoleDrawer }));
const Delete = lazy(async () => ({ default: (await dialogs()).DeleteRole }));

export function Roles() {
  const { t } = useI18n();
  const mayManage = useMay("manage_access");
  const { data, error, refetch } = useQuery(rolesQuery);
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <PageTitle of={t("roles.title")} />
      <h1>{t("roles.title")}</h1>
      <Card title={t("roles.title")} flush aside={mayManage && <button type="button" className="button primary" onClick={() => setAsked({ kind: "make" })}>{t("roles.create")}</button>}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton lines={6} /> : (
          <PlainTable label={t("roles.title")}>
            <thead><tr><th>{t("role_row.name")}</th><th>{t("role_row.may")}</th><th>{t("role_row.scopes")}</th><th className="number">{t("role_row.holders")}</th><th><span className="visually-hidden">{t("list.actions")}</span></th></tr></thead>
            <tbody>{data.items.map((role) => <Row key={role.name} role={role} mayManage={mayManage} onAsk={setAsked} />)}</tbody>
          </PlainTable>
        )}
      </Card>
      <Suspense fallback={null}>
        {asked?.kind === "make" && <Drawer of={null} onClose={close} />}
        {asked?.kind === "update" && <Drawer of={asked.role} onClose={close} />}
        {asked?.kind === "delete" && <Delete of={asked.role} onClose={close} />}
      </Suspense>
    </>
  );
}

function Row({ role, mayManage, onAsk }: { role: Role; mayManage: boolean; onAsk: (asked: Asked) => void }) {
  const { t } = useI18n();
  const label = useLabel();
  const why = role.allowed_actions.find(({ action }) => action === "delete")?.reason ?? undefined;
  return (
    <tr>
      <td><strong><RoleName role={role.name} /></strong>{role.based_on && <span className="below small muted">{t("role_row.based_on")} <RoleName role={role.based_on} /></span>}</td>
      <td>{role.may.map((word) => label(`may.${word}`, word)).join(", ")}</td>
      <td>{role.fixed ? <Nothing /> : <code dir="ltr">{role.scopes.join(" ")}</code>}</td>
      <td className="number">{role.holders === null ? <Nothing /> : <Count value={role.holders} />}</td>
      <td>
        {mayManage && !role.fixed && (
          <>
            <button type="button" className="button quiet" onClick={() => onAsk({ kind: "update", role })}>{t("role_row.update")}</button>
            <button type="button" className="button quiet" disabled={Boolean(why)} title={why} onClick={() => onAsk({ kind: "delete", role })}>{t("role_row.delete")}</button>
          </>
        )}
      </td>
    </tr>
  );
}
