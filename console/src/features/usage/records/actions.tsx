/** What can be done about a counted record: take it back, put it back, or count it with other values. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { RecordDetail } from "./queries";

type Dialogs = typeof import("./dialogs");

const dialog = (name: keyof Dialogs) => lazy(async () => ({ default: (await import("./dialogs"))[name] }));
const isRetracted = ({ state }: RecordDetail) => state === "retracted";

export const recordActions: Actions<RecordDetail> = {
  links: [],
  commands: {
    correct: { icon: "draft", label: "usage_record.correct", Dialog: dialog("CorrectDialog"), when: (record) => !isRetracted(record) },
    retract: { icon: "void", label: "usage_record.retract", Dialog: dialog("RetractDialog"), when: (record) => !isRetracted(record) },
    restore: { icon: "play", label: "usage_record.restore", Dialog: dialog("RestoreDialog"), when: isRetracted },
  },
};
