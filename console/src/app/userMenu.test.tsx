import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";
import "./Shell";
import { showAt } from "../test/render";
import { server } from "../test/setup";

test("the language that a reader chooses is told to the server, for the mails that they get", async () => {
  const told: unknown[] = [];
  server.use(http.put("*/v1/session/language", async ({ request }) => {
    told.push(await request.json());
    return new HttpResponse(null, { status: 204 });
  }));
  const { user } = showAt("/account");
  await user.click(await screen.findByRole("button", { name: "Your settings" }));
  await user.selectOptions(await screen.findByRole("combobox", { name: "Language" }), "fr");
  await waitFor(() => expect(told).toEqual([{ language: "fr" }]));
});
