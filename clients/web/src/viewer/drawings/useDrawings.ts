/** Overlay planes and segmentations as they are fetched, and which of them are drawn. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Segments, SeriesStack } from "../../api/pacs";
import type { Stack } from "../../imaging/frame";
import { isOf } from "../../imaging/space/segments";
import { labelColour, shownColour } from "../../imaging/values/colour";
import { observable } from "../../observable";
import { stackQuery, useSeries } from "../../queries/useArchive";
import { useServices } from "../../services";

/** Segments are drawn once they are asked for, overlay planes until they are switched off. */
export const drawings = observable<{ overlays: boolean; segments: readonly string[] }>({
  overlays: true,
  segments: [],
});

export interface Segmentation {
  series: string;
  description: SeriesStack["images"][number];
  segments: Segments;
}

export const nameOf = ({ series, description }: Segmentation, segment: number) =>
  `${series}/${description.image_id}/${segment}`;

/** The colour that the file recommends, or one of the page, as a pixel of a canvas. */
export function colourOf({ segments }: Segmentation, segment: number, opacity: number): number {
  const colour = segments.segments.find((one) => one.number === segment)?.colour;
  return colour ? shownColour(1, opacity, new Map([[1, { name: "", colour }]])) : labelColour(segment, opacity);
}

/** The overlay planes over the plane that is looked at. */
export function useOverlays(stack: Stack, index: number, wanted = true) {
  const { pacs } = useServices();
  const { image, frame } = stack.place(index);
  return useQuery({
    queryKey: ["overlays", stack.study, stack.series, image, frame],
    queryFn: () => pacs.overlays(stack.study, stack.series, image, frame),
    enabled: wanted && (stack.described?.(index)?.overlays ?? 0) > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
  });
}

/** The most objects that are looked at: each is a call. */
export const MOST_OBJECTS = 50;

/** The segmentations of a study that say that they are of a stack's series, and what could not be read. */
export function useSegmentations(stack: Stack, wanted: boolean) {
  const { pacs } = useServices();
  const client = useQueryClient();
  const { study } = stack;
  const series = useSeries(wanted ? study : undefined);
  const ids = (series.data ?? [])
    .filter((one) => one.modality === "SEG" && one.series_id !== stack.series)
    .map((one) => one.series_id);
  const read = useQuery({
    queryKey: ["segmentations", study, ...ids],
    enabled: wanted && ids.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const errors: Error[] = [];
      const settled = async <T>(calls: Promise<T>[]): Promise<T[]> =>
        (await Promise.allSettled(calls)).flatMap((one) => {
          if (one.status === "fulfilled") return [one.value];
          errors.push(one.reason as Error);
          return [];
        });
      const listed = await settled(
        ids.map(async (id) => {
          const { images } = await client.fetchQuery(stackQuery(pacs, study, id));
          return images.map((description) => ({ series: id, description }));
        }),
      );
      const objects = listed.flat();
      const all = await settled(
        objects.slice(0, MOST_OBJECTS).map(async (one): Promise<Segmentation> => {
          return { ...one, segments: await pacs.segments(study, one.series, one.description.image_id) };
        }),
      );
      return { all, errors, left: Math.max(0, objects.length - MOST_OBJECTS) };
    },
  });
  const image = stack.described?.(0) ?? {};
  const { all = [], errors = [], left = 0 } = read.data ?? {};
  return {
    of: all.filter(({ segments }) => isOf(segments, image)),
    others: all.filter(({ segments }) => !isOf(segments, image)).length,
    left,
    pending: series.isLoading || read.isLoading,
    errors,
  };
}
