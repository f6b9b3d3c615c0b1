/** What can be done with a case, for its row and for its page. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Case } from "./queries";

export const caseActions: Actions<Case> = {
  links: [],
  commands: {
    promise: { icon: "check", label: "dunning.promise", Dialog: lazy(async () => ({ default: (await import("./caseDialogs")).PromiseDialog })) },
    pause: { icon: "pause", label: "dunning.pause", Dialog: lazy(async () => ({ default: (await import("./caseDialogs")).PauseDialog })) },
    resume: { icon: "play", label: "dunning.resume", Dialog: lazy(async () => ({ default: (await import("./caseDialogs")).ResumeDialog })) },
    advance: { icon: "right", label: "dunning.advance", Dialog: lazy(async () => ({ default: (await import("./caseDialogs")).AdvanceDialog })) },
    exempt: { icon: "void", label: "dunning.exempt", Dialog: lazy(async () => ({ default: (await import("./caseDialogs")).ExemptDialog })) },
  },
};
