/** The parts that live as long as the page: both APIs, the jobs, and the loop that waits for them. */

import { createContext, useContext, useSyncExternalStore } from "react";
import { createPacs, type Pacs } from "./api/pacs";
import { createProcessing, type Processing } from "./api/processing";
import type { Config } from "./config";
import { type Actions, createActions } from "./jobs/actions";
import type { Reference } from "./jobs/model";
import { type Clock, startLoop } from "./jobs/poll";
import { createStore, type State, type Store } from "./jobs/store";

/** What the form holds, so that it can be filled from a former job and shown as a command. */
export interface Draft {
  algorithm: string | null;
  scope: Reference["scope"];
  values: Record<string, Record<string, unknown>>;
  /** The input that was looked at last. */
  reference: Reference | null;
}

export interface Observable<T> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(listener: () => void): () => void;
}

export function observable<T extends object>(start: T): Observable<T> {
  let value = start;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export interface Services {
  config: Config;
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
  const processing = createProcessing(config.api);
  const store = createStore(sessionStorage);
  const trouble = observable<{ error: Error | null }>({ error: null });
  const loop = startLoop(store, processing, (error) => trouble.set({ error }), clock);
  return {
    config,
    pacs: createPacs(config.pacs),
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

export function useObservable<T>(from: Observable<T>): T {
  return useSyncExternalStore(from.subscribe, from.get);
}
