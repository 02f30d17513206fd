/**
 * Asks for what the address names before the application is there: the answers come while the browser reads its code.
 * The browser keeps them for the application, which asks for the same addresses; their trouble is told there.
 */

import { pixelsAddress, seriesAddress, stackAddress } from "./api/addresses";
import type { Config } from "./config";
import { parse } from "./route";

export function askEarly({ pacs, auth }: Config): void {
  if (auth === "jwt") return; // there is no token yet
  const route = parse(window.location.pathname);
  if (route.page !== "browse" || !route.study) return;
  const ask = (address: string) => fetch(address).catch(() => undefined);
  if (route.series) void ask(stackAddress(pacs, route.study, route.series));
  if (route.series && route.image) void ask(pixelsAddress(pacs, route.study, route.series, route.image, 0));
  void ask(seriesAddress(pacs, route.study));
}
