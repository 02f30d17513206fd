/** Overlay planes and segments over the plane that is looked at, pixel by pixel. */

import { useQuery } from "@tanstack/react-query";
import { useLayoutEffect, useRef } from "react";
import type { Frame, Stack } from "../../imaging/frame";
import { framesOn, paintBits, paintFractions } from "../../imaging/segments";
import { imageSize, matrixOf, type Size } from "../../imaging/view";
import { useObservable } from "../../observable";
import { useServices } from "../../services";
import { type Model, useModel } from "../model";
import classes from "../viewer.module.css";
import { colourOf, drawings, nameOf, useOverlays, useSegmentations } from "./useDrawings";

interface Props {
  stack: Stack;
  model: Model;
  frame: Frame;
  area: Size;
}

/** Overlay planes are white, as most viewers draw them. */
const WHITE = 0xffffffff;

export default function DrawnOver({ stack, model, frame, area }: Props) {
  const { pacs } = useServices();
  const shown = useObservable(drawings);
  const index = useModel(model, (s) => Math.min(s.index, stack.count - 1));
  const overlays = useOverlays(stack, index, shown.overlays);
  const { of } = useSegmentations(stack, shown.segments.length > 0);
  const outline = stack.outline?.(index);
  const wanted = of.flatMap((one) =>
    (outline ? framesOn(one.segments, outline, stack.described?.(index) ?? {}) : [])
      .filter(({ segment }) => shown.segments.includes(nameOf(one, segment)))
      .map((part) => ({ one, ...part })),
  );
  const names = wanted.map(({ one, segment, frame: n }) => `${nameOf(one, segment)} ${n}`);
  const parts = useQuery({
    queryKey: ["segments over", stack.study, ...names],
    enabled: wanted.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    // A frame has as many pixels as its image.
    gcTime: 60_000,
    queryFn: ({ signal }) =>
      Promise.all(wanted.map(({ one, frame: n }) => pacs.frame(stack.study, one.series, one.description, n, signal))),
  });
  const pixels = frame.rows * frame.columns;
  const layers: Layer[] = [];
  for (const overlay of (shown.overlays && overlays.data?.overlays) || []) {
    const bytes = Uint8Array.from(atob(overlay.bits), (one) => one.charCodeAt(0));
    layers.push({
      key: `overlay ${index} ${overlay.group}`,
      paint: (out) => paintBits({ ...overlay, bytes }, WHITE, frame, out),
    });
  }
  for (const [n, { one, segment, frame: at }] of wanted.entries()) {
    const values = parts.data?.[n]?.values;
    if (!values || values.length < pixels) continue;
    layers.push({
      key: `segment ${nameOf(one, segment)} ${at}`,
      paint: (out) => paintFractions(values, one.segments.most, colourOf(one, segment, 0.5), out),
    });
  }
  return layers.map((layer) => <Painted key={layer.key} {...{ model, frame, area, layer }} />);
}

interface Layer {
  key: string;
  paint: (out: Uint32Array) => void;
}

function Painted({ model, frame, area, layer }: Omit<Props, "stack"> & { layer: Layer }) {
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
    <div className={classes.drawing} data-layer={layer.key}>
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
