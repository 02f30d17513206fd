/** A value that several parts of the page observe. */

import { useSyncExternalStore } from "react";

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

export function useObservable<T>(from: Observable<T>): T {
  return useSyncExternalStore(from.subscribe, from.get);
}
