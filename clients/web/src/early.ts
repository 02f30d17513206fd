/** Asks for what the address names before the page is drawn: the answers come while the browser is busy with React. */

import type { QueryClient } from "@tanstack/react-query";
import { stackQuery } from "./pages/useArchive";
import { parse } from "./router";
import type { Services } from "./services";

export function askEarly(queries: QueryClient, { pacs }: Services): void {
  const route = parse(window.location.pathname, window.location.search);
  if (route.page !== "browse" || !route.study || !route.series) return;
  void queries.prefetchQuery(stackQuery(pacs, route.study, route.series));
  // The browser keeps the answer for the viewer, which asks for the same address; its trouble is told there.
  if (route.image) fetch(pacs.pixels(route.study, route.series, route.image, 0)).catch(() => undefined);
}
