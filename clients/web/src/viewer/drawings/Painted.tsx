/** A drawing of colours over a plane, pixel by pixel. */

import { useLayoutEffect, useRef } from "react";
import type { Frame } from "../../imaging/frame";
import { imageSize, matrixOf, type Size } from "../../imaging/space/view";
import classes from "../canvas/canvas.module.css";
import { type Model, useModel } from "../state/model";
import viewer from "../viewer.module.css";

export interface Layer {
  /** Says what is painted: another one is painted again. */
  key: string;
  paint: (out: Uint32Array) => void;
}

interface Props {
  model: Model;
  frame: Frame;
  area: Size;
  layer: Layer;
}

export function Painted({ model, frame, area, layer }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useModel(model, (s) => s.view);
  const { rows, columns } = frame;
  // biome-ignore lint/correctness/useExhaustiveDependencies: its key says what is painted
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context) return;
    const image = context.createImageData(columns, rows);
    layer.paint(new Uint32Array(image.data.buffer));
    context.putImageData(image, 0, 0);
  }, [layer.key, rows, columns]);
  const transform = `matrix(${matrixOf(view, imageSize(frame), area, rows).join()})`;
  return (
    <div className={viewer.drawing} data-layer={layer.key}>
      <canvas
        ref={canvas}
        className={classes.canvas}
        width={columns}
        height={rows}
        style={{ transform, imageRendering: "pixelated" }}
      />
    </div>
  );
}
