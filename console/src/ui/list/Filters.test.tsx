import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useNavigate } from "react-router";
import { expect, test } from "vitest";
import { I18nProvider } from "../../lib/i18n";
import { useListState } from "../../lib/listState";
import { Filters } from "./Filters";

function Page() {
  const list = useListState();
  const navigate = useNavigate();
  return (
    <>
      <Filters list={list} label="Filters" filters={[{ kind: "text", name: "q", label: "invoices.search", max: 200 }]} />
      <output>{list.get("q")}</output>
      <button onClick={() => void navigate("?q=other")}>elsewhere</button>
    </>
  );
}

test("typing goes on in the field after the list was asked, and a text from elsewhere wins", async () => {
  render(<MemoryRouter><I18nProvider><Page /></I18nProvider></MemoryRouter>);
  const field = await screen.findByRole("searchbox");
  await userEvent.type(field, "M");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("M"));
  expect(document.activeElement).toBe(field);
  await userEvent.keyboard("T");
  await waitFor(() => expect(screen.getByRole("status").textContent).toBe("MT"));
  await userEvent.click(screen.getByText("elsewhere"));
  await waitFor(() => expect(field).toHaveProperty("value", "other"));
});
