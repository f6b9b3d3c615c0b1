/** What the commands of a subscription ask; the bill that each would change is shown before it is sent. */
import { answer, api } from "../../../lib/api";
import { formDialog } from "../../../ui/command/dialogs";
import { ChangeEffect } from "./ChangeEffect";
import type { Effect, Subscription } from "./queries";

const path = ({ id }: Subscription) => ({ path: { subscription_id: id } });
const common = {
  fields: "service", form: "service_form", touches: ["subscriptions", "customers", "plans"], Preview: ChangeEffect,
  reread: (of: Subscription) => answer(api.GET("/v1/subscriptions/{subscription_id}", { params: path(of) })),
};

export const ChangePlanDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_plan", title: "service.change_plan", verb: "service.change_plan", body: "ChangePlanBody", wish: { omit: ["preview"] },
  given: ({ quantity }) => ({ quantity: String(quantity) }),
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/change-plan", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/change-plan", { params: path(of), body: { ...body, preview: true } as never }),
});

export const QuantityDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_quantity", title: "service.change_quantity", verb: "service.change_quantity", body: "ChangeQuantityBody", wish: { omit: ["preview"] },
  given: ({ quantity }) => ({ quantity: String(quantity) }),
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/change-quantity", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/change-quantity", { params: path(of), body: { ...body, preview: true } as never }),
});

export const SuspendDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_suspend", title: "service.suspend", verb: "service.suspend", body: "SuspendBody", wish: { omit: ["preview"] },
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/suspend", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/suspend", { params: path(of), body: { ...body, preview: true } as never }),
});

export const PauseDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_pause", title: "service.pause", verb: "service.pause", body: "PauseBody", wish: { omit: ["preview"] },
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/pause", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/pause", { params: path(of), body: { ...body, preview: true } as never }),
});

export const ResumeDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_resume", title: "service.resume", verb: "service.resume", body: "ReasonBody", wish: { omit: ["preview"] },
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/resume", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/resume", { params: path(of), body: { ...body, preview: true } as never }),
});

export const TerminateDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_end", title: "service.terminate", verb: "service.terminate", body: "ReasonBody", wish: { omit: ["preview"] },
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/terminate", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/terminate", { params: path(of), body: { ...body, preview: true } as never }),
});

export const AddOnDialog = formDialog<Subscription, unknown, Effect>({
  ...common, words: "service_add_on", title: "service.add_on", verb: "service.add_on", body: "AddOnBody", wish: { omit: ["preview"] },
  given: () => ({ quantity: "1" }),
  send: (of, body: object, headers) => api.POST("/v1/subscriptions/{subscription_id}/add-ons", { params: path(of), body: { ...body, preview: false } as never, headers }),
  preview: (of, body: object) => api.POST("/v1/subscriptions/{subscription_id}/add-ons", { params: path(of), body: { ...body, preview: true } as never }),
});
