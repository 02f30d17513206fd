/** The client and its jobs, in memory and in the browser's storage, which all tabs of a browser share. */

import { type Client, isOpen, type Job } from "../model";
import { writeItem } from "../storage";
import { once } from "./ended";
import { CLIENT, compact, EARLIER, JOB, type Kept, readClient, readEarlier, readJob, readJobs } from "./kept";

export interface State {
  client: Client | null;
  /** Newest first. */
  jobs: readonly Job[];
  /** Key of the notice that says what happened to the client or to the storage. */
  notice: "renewed" | "released" | "full" | null;
}

/** The list holds the newest; the API has the others. */
const MOST = 500;

export interface Store {
  get(): State;
  set(change: (state: State) => State): void;
  update(key: string, change: Partial<Job>): void;
  subscribe(listener: () => void): () => void;
  /** Whether a job is in the storage as it is in memory. */
  isSaved(key: string): boolean;
  /** Takes over what another tab has written: one item, or all of them for null. */
  adopt(name: string | null): void;
}

/** `storage` is the browser's; null keeps everything in memory. `tab` may hold what an earlier release has kept. */
export function createStore(storage: Kept | null, tab: Pick<Storage, "getItem" | "removeItem"> | null = null): Store {
  let state: State = { client: readClient(storage), jobs: readJobs(storage).map(unsent), notice: null };
  /** Jobs that did not fit; each change tries them again. */
  const unsaved = new Set<string>();
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };

  function save(before: State): void {
    const known = new Map(before.jobs.map((job) => [job.key, job]));
    for (const job of state.jobs) {
      if (known.get(job.key) !== job || unsaved.has(job.key)) {
        if (writeItem(storage, JOB + job.key, compact(job))) unsaved.delete(job.key);
        else unsaved.add(job.key);
      }
      known.delete(job.key);
    }
    for (const key of known.keys()) {
      writeItem(storage, JOB + key, null);
      unsaved.delete(key);
    }
    if (before.client !== state.client || unsaved.has(CLIENT)) saveClient(before.client);
  }

  function saveClient(before: Client | null): void {
    // Another tab may have a newer client already, which is not this tab's to remove.
    if (state.client === null && readClient(storage)?.clientId !== before?.clientId) return;
    if (writeItem(storage, CLIENT, state.client)) unsaved.delete(CLIENT);
    else unsaved.add(CLIENT);
  }

  /** All that is kept, beside what did not fit. */
  function adoptAll(): void {
    const fitted = merge(state.jobs, readJobs(storage)).filter((job) => !unsaved.has(job.key));
    const others = state.jobs.filter((job) => unsaved.has(job.key));
    const client = unsaved.has(CLIENT) ? state.client : readClient(storage);
    state = { ...state, client, jobs: [...fitted, ...others].sort(newestFirst) };
  }

  function adoptJob(key: string): void {
    const found = readJob(storage, key);
    const others = state.jobs.filter((job) => job.key !== key);
    if (!found && unsaved.has(key)) return;
    state = { ...state, jobs: found ? merge(state.jobs, [found, ...others]) : others };
  }

  const store: Store = {
    get: () => state,
    set(change) {
      const before = state;
      const next = change(before);
      if (next === before) return;
      state = { ...next, jobs: once(next.jobs).slice(0, MOST) };
      // Written before listeners are called, so that a result acknowledged after `set` is stored.
      save(before);
      if (unsaved.size) state = { ...state, notice: "full" };
      else if (state.notice === "full") state = { ...state, notice: null };
      notify();
    },
    update(key, change) {
      // What another tab has learned of the end stands, whatever this one still believes.
      const ended = readJob(storage, key);
      store.set((now) => ({
        ...now,
        jobs: now.jobs.map((job) => {
          if (job.key !== key) return job;
          if (job.result || !ended?.result) return { ...job, ...change };
          return change.state === undefined || change.result ? { ...ended, ...change } : ended;
        }),
      }));
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isSaved: (key) => !unsaved.has(key),
    adopt(name) {
      if (!storage) return;
      if (name === null) adoptAll();
      else if (name === CLIENT)
        state = { ...state, client: readClient(storage) ?? (unsaved.has(CLIENT) ? state.client : null) };
      else if (name.startsWith(JOB)) adoptJob(name.slice(JOB.length));
      else return;
      notify();
    },
  };
  takeOver(store, tab);
  return store;
}

/** The jobs that are kept, each with what only this tab's memory has: all outputs of its result. */
function merge(mine: readonly Job[], kept: readonly Job[]): Job[] {
  const known = new Map(mine.map((job) => [job.key, job]));
  return kept
    .map((job) => {
      const result = known.get(job.key)?.result;
      return result?.outputs_complete && job.result ? { ...job, result } : job;
    })
    .sort(newestFirst);
}

const newestFirst = (a: Job, b: Job) => b.sentAt - a.sentAt;

/** A job that was being sent when the page closed has no id: whether it was accepted is unknown. */
const unsent = (job: Job): Job => (job.state === "sending" ? { ...job, state: "lost" } : job);

/** Takes over what an earlier release has kept for this tab alone. */
function takeOver(store: Store, tab: Pick<Storage, "getItem" | "removeItem"> | null): void {
  const earlier = readEarlier(tab);
  if (!earlier) return;
  store.set((now) => {
    const client = now.client ?? earlier.client;
    const open = (job: Job) => job.clientId === client?.clientId || !isOpen(job);
    const jobs = earlier.jobs.map(unsent).map((job): Job => (open(job) ? job : { ...job, state: "lost" }));
    return { ...now, client, jobs: [...now.jobs, ...jobs] };
  });
  if (earlier.jobs.every((job) => store.isSaved(job.key))) tab?.removeItem(EARLIER);
}
