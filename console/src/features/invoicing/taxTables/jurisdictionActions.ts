/** What can be done with a jurisdiction. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Jurisdiction } from "./queries";

export const jurisdictionActions: Actions<Jurisdiction> = {
  links: [],
  commands: {
    update: { icon: "draft", label: "jurisdiction.change", Dialog: lazy(async () => ({ default: (await import("./JurisdictionDrawer")).ChangeJurisdiction })) },
    delete: { icon: "void", label: "jurisdiction.delete", Dialog: lazy(async () => ({ default: (await import("./deleteDialogs")).DeleteJurisdiction })) },
  },
};
