/** What the mock answers of reports: the catalogue, their rows, files and schedules. */
import type { components } from "../src/api/schema.d.ts";
import { now } from "./data.ts";
import { catalogue as figures } from "./figures.ts";
import type { Asked } from "./ratingAnswers.ts";

type Schemas = components["schemas"];
type Column = Schemas["CatalogueColumn"];
type Job = Schemas["ReportJob"];
type Schedule = Schemas["ScheduleView"];

const column = (name: string, kind: Column["kind"], definition: string, formula: string | null = null): Column => ({ name, kind, definition, formula, adds_up: true });
const currency = column("currency", "text", "the currency of its amounts");
const entry = (name: string, definition: string, columns: Column[], more: Partial<Schemas["CatalogueEntry"]> = {}): Schemas["CatalogueEntry"] => ({
  about: "",
  name, definition, columns, figures: [], parameters: ["from", "to", "group_by", "currency"], groups: ["month", "day", "plan"], default_group: "month", default_range: "twelve_months", days_max: 3660, ...more,
});
const catalogue = [
  entry("ar-aging", "What is open, by whole days past the due date, as of now.", [currency, column("current", "money", "not due yet"), column("1_30", "money", "1 to 30 days past due"), column("open", "money", "all that is open", "current + 1_30")], { parameters: ["group_by", "currency"], groups: ["account"], default_group: null, default_range: null }),
  entry("revenue", "What was invoiced, net of tax and of credit notes, by date of issue.", [
    column("group", "text", "the first day of the month or day, or the id that was grouped by"), currency, column("recurring", "money", "charges for a time"), column("usage", "money", "charges for what was used"),
    column("net", "money", "what was invoiced, without tax", "recurring + usage + true_up + other"), column("lines", "count", "lines of documents"),
  ]),
  entry("tax", "What is taxed at which rate, and the tax of it.", [column("group", "text", "the month"), currency, column("tax", "money", "the tax of it")]),
];
const revenue = ["09", "10", "11"].flatMap((month, n) => [
  { group: `2026-${month}-01`, currency: "EUR", recurring: `${990 + n * 40}.00`, usage: "250.00", net: `${1240 + n * 40}.00`, lines: 118 + n, rows: { net: `/v1/invoices?issued_from=2026-${month}-01` } },
  { group: `2026-${month}-01`, currency: "JPY", recurring: "12000", usage: "300", net: "12300", lines: 3, rows: { net: null } },
]);
const aging = [{ currency: "EUR", current: "100.00", "1_30": "14.88", open: "114.88", rows: { open: "/v1/invoices?payment_status=unpaid" } }];

const actions = (...names: string[]) => names.map((action) => ({ action, allowed: true, reason: null }));
const job = (id: string, more: Partial<Job>): Job => ({
  id, kind: "export", status: "done", done: 118, failed: 0, total: 118, failures: [], result_url: `/v1/report-jobs/${id}/download`, owner: "user:ann", created_at: now, finished_at: now, allowed_actions: actions("rerun", "download"),
  list: null, report: "revenue", query: "from=2026-09-01&group_by=month", columns: ["group", "net"], format: "xlsx", schedule_id: null, as_of: now, rows: 118, size_bytes: 4_210, expires_at: "2026-11-24T10:15:00Z", ...more,
});
const jobs: Job[] = [
  job("reporting-1", { status: "running", done: 41_000, total: 118_000, result_url: null, list: "invoices", report: null, query: "status=issued", rows: null, size_bytes: null, as_of: null, expires_at: null, finished_at: null, allowed_actions: actions("cancel", "rerun") }),
  job("reporting-2", {}),
  job("reporting-3", { status: "failed", result_url: null, format: "pdf", list: "invoices", report: null, query: "", rows: null, failures: [{ id: null, code: "too_many_rows", detail: "4000 rows match, at most 2000 make a file of pdf; narrow the filter, or take Excel" }] }),
];
const schedule = (id: string, more: Partial<Schedule>): Schedule => ({
  id, name: "Revenue for the board", owner: "user:ann", list: null, report: "revenue", query: "", columns: null, format: "xlsx", language: "en", frequency: "month", at: "07:00", time_zone: "Europe/Paris", weekday: null, day_of_month: 1, period: "last_month",
  recipients: ["ann@op.example"], status: "active", paused_reason: null, next_run_at: "2026-12-01T06:00:00Z", last_run_at: "2026-11-01T06:00:00Z", last_status: "done", sends_mail: true, version: 1, created_at: now,
  allowed_actions: actions("change", "run", "pause", "delete"), ...more,
});
const schedules = [schedule("sched-1", {}), schedule("sched-2", { name: "Aging", report: "ar-aging", frequency: "week", weekday: 1, day_of_month: null, status: "paused", paused_reason: "owner_gone", next_run_at: null, last_status: "failed", allowed_actions: actions("change", "run", "resume", "delete") })];
const runs: Schemas["RunView"][] = [
  { due_at: "2026-11-01T06:00:00Z", job_id: "reporting-2", status: "done", reason: null, detail: null, mails: [
    { id: "m-1", address: "ann@op.example", status: "sent", reason: "250", ended_at: now }, { id: "m-2", address: "bob@op.example", status: "unknown", reason: "no_outcome", ended_at: now },
  ] },
];
const mail = (id: string, more: Partial<Schemas["MailView"]>): Schemas["MailView"] => ({
  id, kind: "report", address: "ann@op.example", about: "reporting-2", schedule_id: "sched-1", status: "sent", attempts: 1, created_at: now, started_at: now, ended_at: now, reason: "250", answer: "2.0.0 Ok: queued", allowed_actions: [], ...more,
});
const mails = [
  mail("reporting-2-0", {}),
  mail("reporting-2-1", { address: "bob@op.example", status: "unknown", reason: "no_outcome", answer: "the process that sent it has ended", allowed_actions: actions("resend", "cancel") }),
  mail("reporting-2-2", { address: "board@holding.example", status: "bounced", reason: "550", answer: "5.1.1 No such user here", allowed_actions: actions("resend") }),
  mail("invite-1", { kind: "invitation", about: "u-7", schedule_id: null, address: "new.colleague@op.example", status: "waiting", attempts: 2, reason: "451", answer: "4.7.1 Try again later", ended_at: null, allowed_actions: actions("cancel") }),
];
const page = (items: readonly unknown[]) => Response.json({ items, total: items.length, totals: [], next_cursor: null, as_of: now });

export function reported(request: Request, { resource, id, part, query }: Asked): Response | null {
  switch (resource) {
    case "reports":
      if (!id) return Response.json({ items: [...catalogue, ...figures.items.filter(({ name }) => !catalogue.some((one) => one.name === name))], row_lists: [] });
      if (query.get("currency")) return null;
      return id === "revenue" || id === "ar-aging" ? Response.json({ items: id === "revenue" ? revenue : aging, as_of: now, from: id === "revenue" ? "2025-11-01" : null, to: id === "revenue" ? "2026-11-23" : null, group_by: id === "revenue" ? "month" : null, currency: null }) : null;
    case "report-jobs":
      return !id && request.method === "GET" ? page(jobs) : part === "rerun" || part === "cancel" ? Response.json(jobs[1]) : null;
    case "report-schedules":
      if (part === "runs") return page(runs);
      return id || request.method === "POST" ? Response.json(schedules[0], { status: request.method === "POST" ? 201 : 200 }) : page(schedules);
    case "mails":
      return id ? Response.json(mails.find((one) => one.id === id) ?? mails[0]) : page(mails.filter(({ status }) => query.getAll("status").length === 0 || query.getAll("status").includes(status)));
    default:
      return null;
  }
}
