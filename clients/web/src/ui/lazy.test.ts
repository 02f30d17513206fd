import { afterEach, expect, it, vi } from "vitest";
import { loaded } from "./lazy";

afterEach(() => vi.unstubAllGlobals());

it("a part that fails offline is loaded once the network is back, however long that takes", async () => {
  const network = { onLine: false };
  vi.stubGlobal("navigator", network);
  let asked = 0;
  const load = async () => {
    asked += 1;
    if (!network.onLine) throw new TypeError("Failed to fetch");
    return "menu";
  };
  const pauses: boolean[] = [];
  const pause = async (offline: boolean) => {
    network.onLine = pauses.push(offline) === 9;
  };
  expect(await loaded(load, pause)).toBe("menu");
  expect([asked, pauses.every(Boolean)]).toEqual([10, true]);
});

it("a part that no server has any more fails after a few tries", async () => {
  vi.stubGlobal("navigator", { onLine: true });
  const load = vi.fn(() => Promise.reject(new TypeError("Failed to fetch")));
  await expect(loaded(load, async () => undefined)).rejects.toThrow("Failed to fetch");
  expect(load).toHaveBeenCalledTimes(4);
});
