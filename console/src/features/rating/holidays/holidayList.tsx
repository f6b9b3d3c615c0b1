/** Calendars of holidays, which prices of calls may name; as data for the list kit. */
import { lazy } from "react";
import { answer, api, type Answer, type Question } from "../../../lib/api";
import { useToday } from "../../../lib/clock";
import { useI18n } from "../../../lib/i18n";
import { ActionMenu } from "../../../ui/command/ActionMenu";
import type { Actions } from "../../../ui/command/actions";
import { code, count, instant } from "../../../ui/list/columns";
import type { ListSpec } from "../../../ui/list/spec";
import { BillingDate, Count } from "../../../ui/Value";

export type HolidayPage = Answer<"/v1/holidays">;
export type Holidays = HolidayPage["items"][number];

const actions: Actions<Holidays> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "holiday.change", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ChangeDialog })) },
    delete: { icon: "void", label: "holiday.delete", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DeleteDialog })) },
  },
};

export const holidayList: ListSpec<Holidays, HolidayPage, Question<"/v1/holidays">, "holidays"> = {
  name: "holidays",
  words: "holidays",
  icon: "calendar",
  read: (query, signal) => answer(api.GET("/v1/holidays", { params: { query }, signal })),
  tabs: [{ id: "all", query: { sort: "name" } }],
  filters: [],
  columns: [
    { id: "name", title: "holiday.name", sort: "name", render: ({ name }) => <span dir="auto">{name}</span> },
    { id: "dates", title: "holiday.dates", align: "end", render: ({ dates }) => <Count value={dates.length} /> },
    { id: "next", title: "holiday.next", render: ({ dates }) => <Next dates={dates} /> },
    { id: "until", title: "holiday.until", render: ({ dates }) => <BillingDate value={dates.toSorted().at(-1)} /> },
    count("version", "holiday.version"),
    code("id", "holiday.id"),
    instant("changed_at", "holiday.changed_at", { extra: true }),
  ],
  totals: [],
  actions: (calendar) => <HolidayMenu calendar={calendar} />,
  create: { label: "holidays.create", Drawer: lazy(async () => ({ default: (await import("./dialogs")).HolidayDrawer })) },
};

/** The first that is not over: a calendar without one has to be carried on. */
function Next({ dates }: { dates: readonly string[] }) {
  const today = useToday();
  return <BillingDate value={dates.toSorted().find((day) => day >= today)} />;
}

function HolidayMenu({ calendar }: { calendar: Holidays }) {
  const { t } = useI18n();
  return <ActionMenu thing={calendar} actions={actions} label={t("holiday.actions", { name: calendar.name })} />;
}
