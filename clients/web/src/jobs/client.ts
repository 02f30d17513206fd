/** The browser's client: the one that is known, or a new one. */

import type { Processing } from "../api/processing";
import type { Client } from "../model";
import { CLIENT } from "./kept";
import type { Store } from "./store";

/** Runs one thing at a time in all tabs of the browser. */
export type Exclusive = <T>(run: () => Promise<T>) => Promise<T>;

/** Returns a function that gives the client, provisioned once for all tabs however many ask for it. */
export function clientOf(
  store: Store,
  api: Pick<Processing, "provision">,
  exclusive: Exclusive,
): () => Promise<Client> {
  let provisioning: Promise<Client> | null = null;

  async function provision(): Promise<Client> {
    // Another tab may have provisioned one since.
    store.adopt(CLIENT);
    const known = store.get().client;
    if (known) return known;
    const client = await api.provision(crypto.randomUUID());
    store.set((state) => ({ ...state, client }));
    return client;
  }

  return () => {
    const known = store.get().client;
    if (known) return Promise.resolve(known);
    provisioning ??= exclusive(provision).finally(() => {
      provisioning = null;
    });
    return provisioning;
  };
}
