/** The parts that live as long as the page: both APIs, the jobs, and the loop that waits for them. */

import { createContext, useContext, useSyncExternalStore } from "react";
import { createPacs, type Pacs } from "./api/pacs";
import { createProcessing, type Processing } from "./api/processing";
import { CALLBACK, createSession, type Session } from "./auth/session";
import type { Config } from "./config";
import { type Actions, createActions } from "./jobs/actions";
import { type Clock, startLoop } from "./jobs/poll";
import { createStore, type State, type Store } from "./jobs/store";
import type { Reference } from "./model";
import { type Observable, observable } from "./observable";

/** What the form holds, so that it can be filled from a former job and shown as a command. */
export interface Draft {
  algorithm: string | null;
  scope: Reference["scope"];
  values: Record<string, Record<string, unknown>>;
  /** The input that was looked at last. */
  reference: Reference | null;
}

export interface Services {
  config: Config;
  session: Session;
  pacs: Pacs;
  processing: Processing;
  store: Store;
  actions: Actions;
  draft: Observable<Draft>;
  /** The last trouble of the loop, null while all is well. */
  trouble: Observable<{ error: Error | null }>;
}

const clock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (signal.aborted) wake();
      signal.addEventListener("abort", wake, { once: true });
      // Back on line: no reason to wait out the back-off.
      window.addEventListener("online", wake, { once: true, signal });
    }),
};

export function createServices(config: Config): Services {
  const session = createSession(config);
  const processing = createProcessing(config.api, session.authorization);
  const store = createStore(sessionStorage);
  const trouble = observable<{ error: Error | null }>({ error: null });
  const loop = startLoop(store, processing, (error) => trouble.set({ error }), clock);
  return {
    config,
    session,
    // No signature of AWS reaches the PACS API, which checks none: then it is inside a network only.
    pacs: createPacs(config.pacs, config.auth === "iam" ? async () => null : session.authorization),
    processing,
    store,
    actions: createActions(store, processing, loop),
    draft: observable<Draft>({ algorithm: null, scope: "image", values: {}, reference: null }),
    trouble,
  };
}

export const ServicesContext = createContext<Services | null>(null);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("outside of ServicesContext");
  return services;
}

export function useStore(): State {
  const { store } = useServices();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** Leaves for the issuer, and takes along what is in the form. */
export function signIn({ session, draft }: Services): Promise<void> {
  return session.signIn(draft.get());
}

/** Takes up the page where the issuer's answer leads back to it. */
export async function signedIn({ session, draft }: Services): Promise<void> {
  if (!session.offered || window.location.pathname !== CALLBACK) return;
  const { path, keep } = await session.complete();
  window.history.replaceState(null, "", path);
  if (keep) draft.set(keep as Draft);
}

/** Leaves nothing of this user in the tab: neither the client with its queue, nor the jobs, nor the tokens. */
export async function signOut({ session, store, actions }: Services): Promise<void> {
  await actions.release().catch(() => undefined);
  store.set(() => ({ client: null, jobs: [], notice: null }));
  await session.signOut();
}
