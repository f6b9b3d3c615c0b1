/** What a billing cycle's commands ask before they are sent. */
import { answer, api } from "../../../lib/api";
import { confirmDialog, formDialog } from "../../../ui/command/dialogs";
import { FrequencyText } from "./Frequency";
import type { Cycle } from "./queries";
import { WhatFollows } from "./WhatFollows";

const touches = ["billing-cycles", "customers", "accounts"];
const path = ({ id }: Cycle) => ({ path: { cycle_id: id } });
const reread = (cycle: Cycle) => answer(api.GET("/v1/billing-cycles/{cycle_id}", { params: path(cycle) }));

export const DeleteDialog = confirmDialog<Cycle, unknown>({
  words: "cycle_delete", verb: "cycle.delete", fields: "cycle", touches, reread,
  facts: (cycle, t) => [[t("cycle.name"), cycle.name], [t("cycle.frequency"), <FrequencyText key="frequency" cycle={cycle} />]],
  send: (cycle, headers) => api.DELETE("/v1/billing-cycles/{cycle_id}", { params: path(cycle), headers }),
});

/** What a PUT takes, from the cycle as it is. */
const asWritten = ({ name, frequency, anchor_day, anchor_month, counts_from, anchor, time_zone }: Cycle) => ({ name, frequency, anchor_day, anchor_month, counts_from, anchor, time_zone });

export const RenameDialog = formDialog<Cycle, unknown>({
  words: "cycle_change", title: "cycle.rename", verb: "cycle.rename", fields: "cycle", form: "cycle_form", body: "CycleFields", wish: { only: ["name"] }, touches, reread,
  given: ({ name }) => ({ name }),
  toSend: (written, cycle) => ({ ...asWritten(cycle), ...written }),
  send: (cycle, body, headers) => api.PUT("/v1/billing-cycles/{cycle_id}", { params: path(cycle), body, headers }),
});

export const CalendarDialog = formDialog<Cycle, unknown>({
  words: "cycle_change", title: "cycle.change_calendar", verb: "cycle.change_calendar", fields: "cycle", form: "cycle_form", body: "CycleFields", touches, reread,
  given: ({ name, frequency, anchor_day, anchor_month, counts_from, anchor, time_zone }) => ({
    name, anchor, time_zone, anchor_day: String(anchor_day), frequency: typeof frequency === "string" ? frequency : `days:${(frequency as { days: number }).days}`,
    ...(anchor_month === null ? {} : { anchor_month: String(anchor_month) }), ...(counts_from === null ? {} : { counts_from }),
  }),
  send: (cycle, body, headers) => api.PUT("/v1/billing-cycles/{cycle_id}", { params: path(cycle), body, headers }),
  note: (form) => <WhatFollows form={form} />,
});
