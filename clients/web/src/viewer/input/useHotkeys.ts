/** The viewer's keys, wherever the focus is, unless something there takes them itself. */

import { useEffect } from "react";
import { press } from "./keys";
import type { Scene } from "./scene";

const FIELDS = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]";
/** What is moved or pressed by keys of its own: only letters and digits pass it by. */
const CONTROLS = "a, button, summary, [role=slider], [role=toolbar], [role=application]";

/** Whether a key that was pressed at an element is free for the viewer. */
export function isFree(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof Element)) return true;
  if (target.closest(FIELDS)) return false;
  return !target.closest(CONTROLS) || /^[\p{L}\p{N}+=-]$/u.test(key);
}

export function useHotkeys(scene: Scene, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const key = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.key === "?" || !isFree(event.target, event.key)) return;
      if (press(event, scene)) event.preventDefault();
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [scene, on]);
}
