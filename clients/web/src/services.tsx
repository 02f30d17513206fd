/** The parts that live as long as the page: both APIs, the jobs, and the loop that waits for them. */

import { createContext, useContext, useSyncExternalStore } from "react";
import { createPacs, type Pacs } from "./api/pacs";
import { createProcessing, type Processing } from "./api/processing";
import { CALLBACK, createSession, type Session } from "./auth/session";
import type { Config } from "./config";
import type { InputValue } from "./forms/inputs/offers";
import { type Actions, createActions } from "./jobs/actions";
import { type Clock, startLoop } from "./jobs/poll";
import { createStore, type State, type Store } from "./jobs/store";
import { exclusive, shareTabs } from "./jobs/tabs";
import type { Reference } from "./model";
import { type Observable, observable } from "./observable";
import { readItem, writeItem } from "./storage";

/** The content of the form, which can be filled from an earlier job and shown as a command. */
export interface Draft {
  algorithm: string | null;
  scope: Reference["scope"];
  values: Record<string, Record<string, unknown>>;
  /** Further inputs of each algorithm by their names. */
  inputs: Record<string, Record<string, readonly InputValue[]>>;
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
  /** The plane that was looked at last, of each series: a result opens there. */
  looked: Map<string, number>;
  /** The list of studies as it was searched and sorted last. */
  listed: { address: string };
  /** The last error of the loop; null while it works. */
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
      // The network is back: do not wait for the back-off to end.
      window.addEventListener("online", wake, { once: true, signal });
    }),
};

export function createServices(config: Config): Services {
  const session = createSession(config);
  const processing = createProcessing(config.api, session.authorization);
  // Whoever signs in keeps to one tab, as the tokens of the sign-in do.
  const shared = config.auth === "open";
  const store = createStore(shared ? localStorage : sessionStorage, sessionStorage);
  const trouble = observable<{ error: Error | null }>({ error: null });
  const loop = startLoop(store, processing, (error) => trouble.set({ error }), clock);
  if (shared) shareTabs(store, processing, loop);
  return {
    config,
    session,
    // The PACS API checks no AWS signatures: in such a stack only its own network reaches it.
    pacs: createPacs(config.pacs, config.auth === "iam" ? async () => null : session.authorization),
    processing,
    store,
    actions: createActions(store, processing, loop, Date.now, exclusive),
    draft: keptDraft(),
    looked: new Map(),
    listed: { address: "/" },
    trouble,
  };
}

const EMPTY: Draft = { algorithm: null, scope: "image", values: {}, inputs: {}, reference: null };
const DRAFT = "imaging.draft";

/** The content of the form, which a reload of the tab keeps. */
function keptDraft(): Observable<Draft> {
  const draft = observable<Draft>({ ...EMPTY, ...readItem<Draft>(sessionStorage, DRAFT) });
  window.addEventListener("pagehide", () => writeItem(sessionStorage, DRAFT, draft.get()));
  return draft;
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

/** Leaves for the issuer and keeps the content of the form. */
export function signIn({ session, draft }: Services): Promise<void> {
  return session.signIn(draft.get());
}

/** Continues the page when the issuer sends the browser back. */
export async function signedIn({ session, draft }: Services): Promise<void> {
  if (!session.offered || window.location.pathname !== CALLBACK) return;
  const { path, keep } = await session.complete();
  window.history.replaceState(null, "", path);
  // A release before may have kept it without inputs.
  if (keep) draft.set({ inputs: {}, ...(keep as Partial<Draft>) });
}

/** Removes everything of this user from the tab: the client with its queue, the jobs and the tokens. */
export async function signOut({ session, store, actions, draft }: Services): Promise<void> {
  await actions.release().catch(() => undefined);
  store.set(() => ({ client: null, jobs: [], notice: null }));
  draft.set(EMPTY);
  await session.signOut();
}
