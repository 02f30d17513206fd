/** The size of a pane's area, which the plane and what is drawn over it follow. */

import { type RefObject, useLayoutEffect } from "react";
import type { Size } from "../../imaging/space/view";
import type { Model } from "../state/model";

interface Props {
  area: RefObject<HTMLElement | null>;
  size: RefObject<Size>;
  layOut: () => void;
  model: Model;
}

export function useAreaSize({ area, size, layOut, model }: Props): void {
  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    const measure = () => {
      size.current = { width: element.clientWidth, height: element.clientHeight };
      layOut();
      // Overlays in screen coordinates follow.
      model.set({});
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, [layOut, model, area, size]);
}
