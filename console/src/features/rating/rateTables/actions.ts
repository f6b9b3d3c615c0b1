/** What can be done with a rate table, and with a version of it. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { RateTable, RateVersion } from "./queries";

export const rateTableActions: Actions<RateTable> = {
  links: [],
  commands: { import: { icon: "plus", label: "ratetable.import", Dialog: lazy(() => import("./ImportDrawer")) } },
};

/** A version with the table that it is of. */
export interface VersionOf extends RateVersion {
  id: string;
  name: string;
}

const isDraft = ({ status }: VersionOf) => status === "draft";

export const versionActions: Actions<VersionOf> = {
  links: [],
  commands: {
    publish: { icon: "sent", label: "ratetable.publish", Dialog: lazy(async () => ({ default: (await import("./dialogs")).PublishDialog })), when: isDraft },
    discard: { icon: "void", label: "ratetable.discard", Dialog: lazy(async () => ({ default: (await import("./dialogs")).DiscardDialog })), when: isDraft },
  },
};
