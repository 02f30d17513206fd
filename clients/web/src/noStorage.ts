/**
 * A storage that the browser has switched off (blocked site data, some private windows) refuses even to be named. One
 * without room stands for it: whoever writes to it says that nothing is kept, as with one that is full.
 */

export const NONE: Storage = {
  length: 0,
  key: () => null,
  getItem: () => null,
  setItem() {
    throw new DOMException("storage is switched off", "QuotaExceededError");
  },
  removeItem: () => undefined,
  clear: () => undefined,
};

for (const name of ["localStorage", "sessionStorage"] as const) {
  try {
    void window[name].length;
  } catch {
    Object.defineProperty(window, name, { value: NONE });
  }
}
