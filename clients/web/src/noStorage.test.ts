import { afterEach, expect, it, vi } from "vitest";
import { readItem, writeItem } from "./storage";

afterEach(() => vi.unstubAllGlobals());

it("a storage that is switched off is one without room", async () => {
  const sessionStorage = { length: 0 };
  const page = { sessionStorage };
  Object.defineProperty(page, "localStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });
  vi.stubGlobal("window", page);
  await import("./noStorage");
  const { localStorage } = page as unknown as { localStorage: Storage };
  expect(writeItem(localStorage, "a", 1)).toBe(false);
  expect([readItem(localStorage, "a"), localStorage.length]).toEqual([null, 0]);
  expect(page.sessionStorage).toBe(sessionStorage);
});
