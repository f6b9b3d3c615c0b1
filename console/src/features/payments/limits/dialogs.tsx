/** Changes what an account may owe. What is left empty is as the settings have it; without a limit there is none. */
import { api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { readExposure, touches, type AccountExposure } from "./queries";

export const TermsDialog = formDialog<AccountExposure, unknown>({
  fields: "limits", touches, reread: ({ id }) => readExposure(id),
  words: "limits_terms", title: "limits.change", verb: "limits.save", body: "CreditTermsBody", form: "limits_form",
  given: ({ own, currency }) => ({
    credit_limit: own.credit_limit ?? { amount: "", currency },
    at_limit: own.at_limit ?? "",
    alerts: (own.alerts ?? []).map(({ amount }) => amount).join("\n"),
    earmark: own.earmark ?? { amount: "", currency },
  }),
  send: ({ id }, body, headers) => api.PUT("/v1/accounts/{account_id}/credit-terms", { params: { path: { account_id: id } }, body, headers }),
});
