/** One Tab stop for a row of buttons: the arrow keys move between them, as in any toolbar. */

import { type KeyboardEvent, type RefObject, useEffect } from "react";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

export function useRoving(bar: RefObject<HTMLElement | null>) {
  const buttons = () => [...(bar.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
  // After each rendering: buttons come, go and are switched off.
  useEffect(() => {
    const all = buttons();
    const stop = all.find((one) => one.tabIndex === 0 && one.dataset.stop) ?? all[0];
    for (const one of all) setStop(one, one === stop);
  });
  return (event: KeyboardEvent) => {
    const all = buttons();
    const at = all.indexOf(event.target as HTMLButtonElement);
    const step = STEPS[event.key];
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : at + (step ?? Number.NaN);
    const next = all[(to + all.length) % all.length];
    if (at < 0 || !next || event.altKey || event.shiftKey) return;
    event.preventDefault();
    for (const one of all) setStop(one, one === next);
    next.focus();
  };
}

function setStop(button: HTMLButtonElement, stop: boolean): void {
  button.tabIndex = stop ? 0 : -1;
  if (stop) button.dataset.stop = "1";
  else delete button.dataset.stop;
}
