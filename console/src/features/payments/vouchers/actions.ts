/** What can be done with a batch of vouchers, and with one of its vouchers. */
import { lazy } from "react";
import type { Actions } from "../../../ui/command/actions";
import type { Batch, Voucher } from "./queries";

export const batchActions: Actions<Batch> = {
  links: [],
  commands: {
    activate: { icon: "checkCircle", label: "voucher_batch.activate", Dialog: lazy(async () => ({ default: (await import("./dialogs")).ActivateDialog })) },
    void: { icon: "void", label: "voucher_batch.void", Dialog: lazy(async () => ({ default: (await import("./dialogs")).VoidBatchDialog })) },
  },
};

export const voucherActions: Actions<Voucher> = {
  links: [],
  commands: { void: { icon: "void", label: "voucher.void", Dialog: lazy(async () => ({ default: (await import("./dialogs")).VoidVoucherDrawer })) } },
};
