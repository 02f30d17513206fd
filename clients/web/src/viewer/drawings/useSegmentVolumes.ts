/** The volumes that segments make in the volume of their images, each loaded once for all panes. */

import { useQueries } from "@tanstack/react-query";
import type { Pacs } from "../../api/pacs";
import type { Stack, Values } from "../../imaging/frame";
import { framesOn } from "../../imaging/space/segments";
import type { VolumeFault } from "../../imaging/volume/grid";
import type { Volume } from "../../imaging/volume/lines";
import { knownGrid } from "../../imaging/volume/refusal";
import { useServices } from "../../services";
import { budgetOf, deviceMemory } from "../stack/cache";
import { chosenOf } from "./paintSegments";
import { type Segmentation, useSegmentations } from "./useDrawings";

export interface SegmentVolume {
  one: Segmentation;
  /** null of a label map. */
  segment: number | null;
  volume: Volume;
}

/** Why segments make no volume, as their images make none. */
export class NoVolume extends Error {
  constructor(readonly fault: VolumeFault) {
    super(fault);
  }
}

const PARALLEL = 6;

export function useSegmentVolumes(stack: Stack, names: readonly string[]) {
  const { pacs } = useServices();
  const { of } = useSegmentations(stack, names.length > 0);
  const wanted = of.flatMap((one) =>
    [...new Set(one.segments.frames.map(({ segment }) => segment))]
      .filter((segment) => chosenOf(one, segment, names).length > 0)
      .map((segment) => ({ one, segment })),
  );
  const found = useQueries({
    queries: wanted.map(({ one, segment }) => ({
      queryKey: ["segment through", stack.id, one.series, one.description.image_id, segment],
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 60_000,
      retry: false,
      queryFn: () => segmentVolume(pacs, stack, one, segment),
    })),
  });
  return {
    parts: wanted.flatMap((part, n): SegmentVolume[] => {
      const volume = found[n]?.data;
      return volume ? [{ ...part, volume }] : [];
    }),
    pending: found.some(({ isLoading }) => isLoading),
    error: found.find(({ error }) => error)?.error ?? null,
  };
}

/** One segment (or a label map) as planes of a stack's volume; planes of which it has no frame are empty. */
export async function segmentVolume(
  pacs: Pick<Pacs, "frame">,
  stack: Stack,
  { series, description, segments }: Pick<Segmentation, "series" | "description" | "segments">,
  segment: number | null,
): Promise<Volume> {
  const grid = knownGrid(stack);
  if (typeof grid === "string") throw new NoVolume(grid);
  const [columns, rows, count] = grid.size;
  const own = segments.frames.flatMap((frame, at) => (frame.segment === segment ? [{ frame, at }] : []));
  const alone = { ...segments, frames: own.map(({ frame }) => frame) };
  const places = Array.from({ length: count }, (_, index) => {
    const outline = stack.outline?.(index);
    const first = outline && framesOn(alone, outline, stack.described?.(index) ?? {})[0];
    return first ? [{ index, at: own[first.frame]?.at ?? 0 }] : [];
  }).flat();
  const bytes = segments.most > 255 ? 2 : 1;
  if (places.length * rows * columns * bytes > budgetOf(deviceMemory())) throw new NoVolume("large");
  const empty = new Uint8Array(rows * columns);
  const planes: Values[] = Array.from({ length: count }, () => empty);
  let next = 0;
  const run = async () => {
    for (let place = places[next++]; place; place = places[next++]) {
      const { values } = await pacs.frame(stack.study, series, description, place.at);
      planes[place.index] = bytes === 1 ? Uint8Array.from(values) : values;
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, run));
  const ones = new Float64Array(count).fill(1);
  return { ...grid, planes, slopes: ones, intercepts: new Float64Array(count), even: true, nearest: true };
}
