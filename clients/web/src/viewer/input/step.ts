/** Steps through a stack. */

import type { Model } from "../state/model";

export function step(model: Model, by: number, count: number): void {
  const index = Math.min(count - 1, Math.max(0, model.get().index + by));
  if (index !== model.get().index) model.set({ index });
}

/** How many screen pixels of a drag move one plane on: a stack is passed within the area's height, if there is room. */
export function stepOf(height: number, count: number): number {
  return Math.min(24, Math.max(2, height / count));
}
