/** Makes a billing cycle; the next six periods of what is written stand under the fields. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { browserZone } from "../../../lib/time";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import { WhatFollows } from "./WhatFollows";

export default function CycleDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const define = useCommand({
    words: "cycle_create", touches: ["billing-cycles"],
    send: (body: Body<"/v1/billing-cycles">, headers) => api.POST("/v1/billing-cycles", { body, headers }),
  });
  return (
    <CommandDrawer
      title={t("cycles.create")} verb={t("cycles.create")} body="CycleDefinition" words="cycle_form" command={define}
      given={{ time_zone: browserZone() }} onSend={(body) => define.run(body as Body<"/v1/billing-cycles">)} onClose={onClose}
    >
      {(form) => <WhatFollows form={form} />}
    </CommandDrawer>
  );
}
