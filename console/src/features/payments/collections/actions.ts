/** What can be done with a collection. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Collection } from "./queries";

export const collectionActions: Actions<Collection> = {
  links: [],
  commands: {
    retry: { icon: "refresh", label: "collection.retry", Dialog: lazy(async () => ({ default: (await import("./dialogs")).RetryDialog })) },
    stop: { icon: "void", label: "collection.stop", Dialog: lazy(async () => ({ default: (await import("./dialogs")).StopDrawer })) },
  },
};
