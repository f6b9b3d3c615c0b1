/** Mails to staff and to who gets reports, as data for the list kit: what became of each, what a person has to decide first. */
import { lazy } from "react";
import { Link } from "react-router";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useI18n, useLabel } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { StatusTag } from "../../../ui/StatusTag";
import { Nothing } from "../../../ui/Value";

type MailPage = Answer<"/v1/mails">;
export type Mail = MailPage["items"][number];

const mailActions: Actions<Mail> = {
  links: [],
  commands: {
    resend: { icon: "refresh", label: "mail.resend", when: ({ status }) => status !== "sent" && status !== "sending" && status !== "waiting", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ResendDialog })) },
    cancel: { icon: "void", label: "mail.cancel", when: ({ status }) => status === "waiting" || status === "unknown", Dialog: lazy(async () => ({ default: (await import("./dialogs")).CancelDialog })) },
  },
};

const kinds = ["report", "invitation", "reset"] as const;

export const mailList: ListSpec<Mail, MailPage, NonNullable<Question<"/v1/mails">>, "mails"> = {
  name: "mails",
  words: "mails",
  icon: "sent",
  read: (query, signal) => answer(api.GET("/v1/mails", { params: { query }, signal })),
  tabs: [
    { id: "attention", query: { status: ["unknown", "failed", "bounced"], sort: "-created_at" }, counted: true, icon: "checkCircle" },
    { id: "waiting", query: { status: ["waiting", "sending"], sort: "created_at" }, counted: true, icon: "checkCircle" },
    { id: "sent", query: { status: ["sent"], sort: "-created_at" } },
    { id: "all", query: { sort: "-created_at" } },
  ],
  filters: [
    { kind: "choice", name: "kind", label: "mail.kind", options: kinds.map((kind) => [kind, `mail.kind_${kind}`] as const), many: true },
    { kind: "linked", name: "schedule_id", label: "mails.schedule_is", drop: "mails.drop_schedule", max: 64, many: true },
    { kind: "linked", name: "about", label: "mails.about_is", drop: "mails.drop_about", max: 64, many: true },
  ],
  columns: [
    { id: "address", title: "mail.address", render: ({ address }) => <span dir="ltr">{address}</span> },
    { id: "status", title: "mail.status", render: (mail) => <Standing mail={mail} /> },
    { id: "kind", title: "mail.kind", render: (mail) => <About mail={mail} /> },
    instant("created_at", "mail.created_at", { sort: "created_at" }),
    instant("ended_at", "mail.ended_at"),
    count("attempts", "mail.attempts"),
    instant("started_at", "mail.started_at", { extra: true }),
    { id: "answer", title: "mail.answer", extra: true, render: ({ answer: said }) => (said ? <span dir="auto">{said}</span> : <Nothing />) },
    code("about", "mail.about", { extra: true }),
    code("id", "mail.id", { extra: true }),
  ],
  totals: [],
  actions: (mail) => <Menu mail={mail} />,
};

/** What became of it, and why; a mail server's own words follow its number. */
function Standing({ mail: { status, reason, answer: said } }: { mail: Mail }) {
  const label = useLabel();
  return (
    <>
      <StatusTag kind="mail" status={status} />
      {reason && status !== "sent" && <span className="small muted below" dir="auto">{label(`mail.reason_${reason}`, reason)}{/^\d+$/.test(reason) && said ? ` · ${said}` : ""}</span>}
    </>
  );
}

function About({ mail: { kind, schedule_id } }: { mail: Mail }) {
  const { t } = useI18n();
  const word = t(`mail.kind_${kind}`);
  return schedule_id === null ? word : <Link to={`/reports/schedules?schedule=${encodeURIComponent(schedule_id)}`}>{word}</Link>;
}

function Menu({ mail }: { mail: Mail }) {
  const { t } = useI18n();
  return <ActionMenu thing={mail} actions={mailActions} label={t("mail.actions", { name: mail.address })} />;
}
