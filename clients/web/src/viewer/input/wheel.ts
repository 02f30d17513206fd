/** The wheel: through the stack; with Shift it pans, with Ctrl (or over a single plane) it zooms at the pointer. */

import type { Scene } from "./scene";
import { step } from "./step";

interface Props {
  scene: Scene;
  panBy: (dx: number, dy: number) => void;
  zoomBy: (factor: number, event: WheelEvent) => void;
}

export function wheelOf({ scene, panBy, zoomBy }: Props): (event: WheelEvent) => void {
  let wheelRest = 0;
  return (event) => {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 40 : 1;
    const lines = event.deltaY * unit;
    if (event.shiftKey) {
      // With Shift, some browsers already report the wheel as horizontal.
      panBy(-event.deltaX * unit, -lines);
      return;
    }
    if (event.ctrlKey || event.metaKey || scene.count() < 2) {
      zoomBy(1.0015 ** -lines, event);
      return;
    }
    wheelRest += lines;
    // A notch of a wheel is about 100; a trackpad sends many small steps.
    const steps = Math.trunc(wheelRest / 50);
    if (steps === 0) return;
    wheelRest = Math.abs(lines) >= 50 ? 0 : wheelRest - steps * 50;
    step(scene.model, Math.sign(steps) * (Math.abs(lines) >= 50 ? 1 : Math.abs(steps)), scene.count());
  };
}
