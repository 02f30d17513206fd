/** A browser's storage in memory, with as much room as a test wants. */

import type { Kept } from "./jobs/kept";

export function memoryStorage(room = Number.POSITIVE_INFINITY): Kept & { values: Map<string, string>; room: number } {
  const values = new Map<string, string>();
  return {
    values,
    room,
    get length() {
      return values.size;
    },
    key: (at) => [...values.keys()][at] ?? null,
    getItem: (name) => values.get(name) ?? null,
    setItem(name, value) {
      const others = [...values].reduce((sum, [key, text]) => sum + (key === name ? 0 : text.length), 0);
      if (others + value.length > this.room) throw new DOMException("full", "QuotaExceededError");
      values.set(name, value);
    },
    removeItem: (name) => void values.delete(name),
  };
}
