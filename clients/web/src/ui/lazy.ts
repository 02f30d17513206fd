/** Parts of the page that are loaded when they are used, also through a network that goes and comes. */

import { type ComponentType, lazy as once } from "react";

const [TRIES, PAUSE_MS] = [4, 1000];

/** React's `lazy`, whose part comes once the network is back; one that no server has any more fails. */
// biome-ignore lint/suspicious/noExplicitAny: as React declares it
export const lazy = <T extends ComponentType<any>>(load: () => Promise<{ default: T }>) => once(() => loaded(load));

/** What a function loads. Offline it waits, otherwise it is tried a few times. */
export async function loaded<T>(load: () => Promise<T>, pause = rest, left = TRIES): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const offline = !navigator.onLine;
    if (left <= 1 && !offline) throw error;
    await pause(offline);
    return loaded(load, pause, offline ? left : left - 1);
  }
}

const rest = (offline: boolean) =>
  new Promise((resolve) => {
    if (offline) window.addEventListener("online", resolve, { once: true });
    else setTimeout(resolve, PAUSE_MS);
  });
