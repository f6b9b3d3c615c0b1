/** Sets a gateway up. A secret that is left empty stays as it is; what is there is shown to nobody. */
import { api, type Body } from "../../../lib/api";
import { useI18n } from "../../../lib/i18n";
import { useCommand } from "../../../lib/useCommand";
import { CommandDrawer } from "../../../ui/form/CommandDrawer";
import type { Gateway } from "./queries";

type GatewayBody = Body<"/v1/gateways/{name}">;

export function GatewayDrawer({ gateway, onClose }: { gateway: Gateway; onClose: () => void }) {
  const { t } = useI18n();
  const set = useCommand({ words: "gateway_set", touches: ["gateways"], subject: () => gateway.name, send: (body: GatewayBody, headers) => api.PUT("/v1/gateways/{name}", { params: { path: { name: gateway.name } }, body, headers }) });
  const given = { "/base_url": gateway.base_url, "/merchant": gateway.merchant, "/callback_url": gateway.callback_url };
  return <CommandDrawer title={t("gateway.set_up", { name: gateway.name })} verb={t("gateway.save")} body="GatewayBody" words="gateway_form" given={given} command={set} onSend={(body) => set.run(body as GatewayBody)} onClose={onClose} />;
}
