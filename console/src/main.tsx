/** Starts the console: the first page's chunk and the session are asked for at once, not one after the other. */
import "virtual:tokens.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { matchPath } from "react-router";
import { App } from "./app/App";
import { pages } from "./app/routes";
import { endSession, sessionQuery } from "./features/identity/session";
import { makeQueryClient } from "./lib/queries";

const client = makeQueryClient(endSession);
// Who comes by a link has no session, and is asked for none.
if (location.pathname !== "/customer-page") void client.prefetchQuery(sessionQuery);
void pages.find(({ path }) => matchPath(path, location.pathname))?.fetchAhead();

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <App client={client} />
  </StrictMode>,
);
