/** The client and its jobs, in memory and in session storage: they survive a reload and end with the tab. */

import type { Client, Job } from "../model";

export interface State {
  client: Client | null;
  /** Newest first. */
  jobs: readonly Job[];
  /** Key of the notice that says what happened to the client, such as an expired queue. */
  notice: "renewed" | "released" | null;
}

const KEY = "imaging.v1";
const MOST = 200;
const EMPTY: State = { client: null, jobs: [], notice: null };

export interface Store {
  get(): State;
  set(change: (state: State) => State): void;
  update(key: string, change: Partial<Job>): void;
  subscribe(listener: () => void): () => void;
}

/** `storage` is session storage; tests pass a map of their own. Raises nothing if storage is full or refused. */
export function createStore(storage: Pick<Storage, "getItem" | "setItem"> | null): Store {
  let state = restore(storage);
  const listeners = new Set<() => void>();
  const store: Store = {
    get: () => state,
    set(change) {
      const next = change(state);
      if (next === state) return;
      state = { ...next, jobs: next.jobs.slice(0, MOST) };
      // Written before listeners are called, so that a result acknowledged after `set` is stored.
      save(storage, state);
      for (const listener of listeners) listener();
    },
    update(key, change) {
      store.set((now) => ({ ...now, jobs: now.jobs.map((job) => (job.key === key ? { ...job, ...change } : job)) }));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return store;
}

function restore(storage: Pick<Storage, "getItem"> | null): State {
  try {
    const found = JSON.parse(storage?.getItem(KEY) ?? "null") as State | null;
    if (!found || !Array.isArray(found.jobs)) return EMPTY;
    // A job that was being sent when the page closed has no id: whether it was accepted is unknown.
    return {
      ...found,
      notice: null,
      jobs: found.jobs.map((job) => (job.state === "sending" ? { ...job, state: "lost" } : job)),
    };
  } catch {
    return EMPTY;
  }
}

function save(storage: Pick<Storage, "setItem"> | null, state: State): void {
  try {
    storage?.setItem(KEY, JSON.stringify({ ...state, notice: null }));
  } catch {
    // With full storage only a reload forgets the jobs; the running page works.
  }
}
