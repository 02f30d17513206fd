/** Overlay planes and segments over the plane that is looked at, pixel by pixel. */

import { useQuery } from "@tanstack/react-query";
import type { Frame, Stack } from "../../imaging/frame";
import { framesOn, paintBits } from "../../imaging/space/segments";
import type { Size } from "../../imaging/space/view";
import { useObservable } from "../../observable";
import { useServices } from "../../services";
import { type Model, useModel } from "../state/model";
import { type Layer, Painted } from "./Painted";
import { chosenOf, paintSegments } from "./paintSegments";
import { drawings, nameOf, useOverlays, useSegmentations } from "./useDrawings";

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
      .map((part) => ({ one, ...part, chosen: chosenOf(one, part.segment, shown.segments) }))
      .filter(({ chosen }) => chosen.length > 0),
  );
  const names = wanted.map(({ one, frame: n }) => `${one.series}/${one.description.image_id} ${n}`);
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
  for (const [n, { one, segment, frame: at, chosen }] of wanted.entries()) {
    const values = parts.data?.[n]?.values;
    if (!values || values.length < pixels) continue;
    layers.push({
      key: `segment ${chosen.map((number) => nameOf(one, number)).join()} ${at}`,
      paint: (out) => paintSegments({ one, segment, chosen, values }, out),
    });
  }
  return layers.map((layer) => <Painted key={layer.key} {...{ model, frame, area, layer }} />);
}
