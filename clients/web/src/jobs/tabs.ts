/** The tabs of one browser: they share a client, and the last one that is left releases it if it has no jobs. */

import type { Processing } from "../api/processing";
import { isOpen } from "../model";
import type { Exclusive } from "./client";
import type { Kept } from "./kept";
import type { Loop } from "./poll";
import type { Store } from "./store";

const TAB = "imaging.tab.";

/** Runs one thing at a time in all tabs, where the browser can tell (pages by https or on this machine). */
export const exclusive: Exclusive = async (run) =>
  navigator.locks ? await navigator.locks.request("imaging.client", run) : run();

/** Takes over what other tabs write, and leaves the client to them or releases it when this tab is left. */
export function shareTabs(store: Store, api: Processing, loop: Loop): void {
  window.addEventListener("storage", (event) => {
    const waits = store.get().jobs.some(isOpen);
    store.adopt(event.key);
    if (!waits && store.get().jobs.some(isOpen)) loop.wake();
  });
  const name = TAB + crypto.randomUUID();
  mark(name);
  window.addEventListener("pageshow", (event) => event.persisted && mark(name));
  window.addEventListener("pagehide", (event) => {
    localStorage.removeItem(name);
    // A page that is kept for the way back is not left yet.
    if (!event.persisted) leave(store, api, tabs(localStorage).length === 0);
  });
}

/** What a tab does when it is left: a client with jobs stays, so that its results can be opened again. */
export function leave(store: Store, api: Pick<Processing, "releaseLeaving">, last: boolean): void {
  const { client, jobs } = store.get();
  if (!last || !client || jobs.length > 0) return;
  store.set((state) => ({ ...state, client: null }));
  api.releaseLeaving(client);
}

/** Marks a tab as open. A tab that crashed has let go of its lock, and its mark is swept away here. */
function mark(name: string): void {
  try {
    localStorage.setItem(name, "1");
  } catch {
    return; // a full storage has no room for marks; the stack removes idle clients by itself
  }
  if (!navigator.locks) return;
  void navigator.locks.request(name, () => new Promise(() => undefined));
  void navigator.locks.query().then(({ held = [], pending = [] }) => {
    const alive = new Set([...held, ...pending].map((lock) => lock.name));
    for (const other of tabs(localStorage)) if (other !== name && !alive.has(other)) localStorage.removeItem(other);
  });
}

function tabs(storage: Kept): string[] {
  return Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "").filter((one) => one.startsWith(TAB));
}
