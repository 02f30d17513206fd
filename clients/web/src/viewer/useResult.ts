/** A job's result as a stack that lies beside its source. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { toStack } from "../api/pacs";
import type { Stack } from "../imaging/frame";
import { isMask, planeOf, readMetaImage } from "../imaging/metaimage";
import type { Job } from "../model";
import { useStack } from "../queries/useArchive";
import { useServices } from "../services";
import type { FrameCache } from "./cache";
import { defaultWindow } from "./render";
import { useCache } from "./useCache";

export function useSource(job: Job): { cache: FrameCache | null; stack: Stack | null; error: Error | null } {
  const { pacs } = useServices();
  const { study_id, series_id, image_id, scope } = job.reference;
  const series = useStack(study_id, scope === "study" ? undefined : (series_id ?? undefined));
  const stack = useMemo(
    () =>
      series.data && series_id
        ? toStack(pacs, study_id, series.data, series_id, scope === "image" ? (image_id ?? undefined) : undefined)
        : null,
    [pacs, series.data, study_id, series_id, image_id, scope],
  );
  return { cache: useCache(stack), stack, error: series.error };
}

/** The values of the result (.mha), fetched once the job offers them. */
export function useValues(job: Job) {
  const { actions } = useServices();
  const output = job.result?.outputs.find((one) => one.kind === "values");
  return useQuery({
    queryKey: ["values", job.key, output?.key],
    enabled: output !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async ({ signal }) => {
      const address = output ? await actions.address(job, output) : "";
      const answer = await fetch(address, { signal });
      if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
      return readMetaImage(await answer.arrayBuffer());
    },
  });
}

/** The result as a stack whose planes are shown like those of its source. */
export function useResultStack(job: Job, source: FrameCache | null, sourceless: boolean) {
  const values = useValues(job);
  const stack = useMemo<Stack | null>(() => {
    const image = values.data;
    if (!image || (!source && !sourceless)) return null;
    const mask = isMask(image);
    return {
      id: `result/${job.key}`,
      study: job.reference.study_id,
      series: job.reference.series_id ?? "",
      place: (index) => ({ image: job.key, frame: index }),
      count: image.planes,
      colour: image.samples === 3,
      outline: (index) => (source?.stack.count === image.planes ? (source.stack.outline?.(index) ?? null) : null),
      modality: source?.stack.modality ?? "",
      async load(index) {
        // Only a result with as many planes as its source has its planes' places; another only looks like them.
        const paired = source?.stack.count === image.planes;
        const like = await source?.load(paired ? index : 0).catch(() => null);
        // A result on its source's scale is shown with its source's window, so that both can be compared by eye.
        const plane = planeOf(image, index, like ?? null, like && !mask ? [defaultWindow(like)] : []);
        return paired ? plane : { ...plane, geometry: { ...plane.geometry, position: null } };
      },
      label: () => [["algorithm", job.result?.distribution ?? ""]],
    };
  }, [values.data, source, sourceless, job.key, job.reference, job.result?.distribution]);
  return { cache: useCache(stack), stack, image: values.data ?? null, error: values.error, pending: values.isLoading };
}
