/**
 * Requests what the address names before the application is loaded, so that the answers come while its code is read.
 * The browser caches them for the application, which requests the same addresses and reports errors.
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
