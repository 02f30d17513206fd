/** Paints a pane's plane if what is seen of it has changed, and lays it out by the view. */

import { type RefObject, useCallback } from "react";
import type { Frame } from "../../imaging/frame";
import { imageSize, matrixOf, type Size } from "../../imaging/space/view";
import type { Model } from "../state/model";
import { chosenWindow, defaultWindow } from "../state/window";
import { type Mode, render } from "./render";

export interface ShownPlane {
  frame: Frame;
  second: Frame | null;
  index: number;
  /** The plane half as fine, which is painted while it moves. */
  coarse: Frame | null;
}

interface Props {
  canvas: RefObject<HTMLCanvasElement | null>;
  shown: RefObject<ShownPlane | null>;
  size: RefObject<Size>;
  /** What was painted last; empty if it shall be painted again. */
  painted: RefObject<string>;
  model: Model;
  mode: Mode;
  opacity: number;
  onPainted?: () => void;
}

export function usePainting({ canvas, shown, size, painted, model, mode, opacity, onPainted }: Props) {
  const layOut = useCallback(() => {
    const [element, now] = [canvas.current, shown.current];
    if (!element || !now) return;
    const image = imageSize(now.frame);
    const state = model.get();
    const matrix = `matrix(${matrixOf(state.view, image, size.current, now.frame.rows).join()})`;
    element.style.transform = now.coarse ? `${matrix} scale(2)` : matrix;
    // Labels have no values between them.
    element.style.imageRendering = state.smooth && !now.frame.mask ? "auto" : "pixelated";
  }, [model, canvas, shown, size]);

  const draw = useCallback(() => {
    const [element, now] = [canvas.current, shown.current];
    if (!element || !now) return;
    const { frame, second, coarse } = now;
    const state = model.get();
    const chosen = chosenWindow(frame, state);
    const { center, width } = chosen ?? defaultWindow(frame);
    const key = [
      now.index,
      center,
      width,
      state.invert,
      state.colours,
      mode,
      opacity,
      state.labels.outline,
      ...state.labels.hidden,
    ].join();
    if (painted.current !== key) {
      painted.current = key;
      render(element, coarse ?? frame, second, {
        mode,
        opacity,
        window: chosen,
        invert: state.invert,
        colours: state.colours,
        labels: state.labels,
      });
      element.dataset.index = String(now.index);
      element.toggleAttribute("data-coarse", coarse !== null);
      element.style.visibility = "visible";
      onPainted?.();
    }
    layOut();
  }, [model, mode, opacity, layOut, onPainted, canvas, shown, painted]);

  return { layOut, draw };
}
