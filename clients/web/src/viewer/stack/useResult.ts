/** A job's result as a stack that lies beside its source. */

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { toStack } from "../../api/stack";
import { type Display, readMetaImage } from "../../imaging/files/metaimage";
import { isMask, planeOf } from "../../imaging/files/metaPlane";
import type { LabelLooks, Stack } from "../../imaging/frame";
import { fetchOutput } from "../../jobs/result/fetchOutput";
import type { Job, Output } from "../../model";
import { useStack } from "../../queries/useArchive";
import { useServices } from "../../services";
import { defaultWindow } from "../state/window";
import type { FrameCache } from "./cache";
import { useCache } from "./useCache";

export function useSource(job: Job): { cache: FrameCache | null; stack: Stack | null; error: Error | null } {
  const { pacs } = useServices();
  const { study_id, series_id, image_id, scope, volume } = job.reference;
  const series = useStack(study_id, scope === "study" ? undefined : (series_id ?? undefined));
  const stack = useMemo(
    () =>
      // The planes of a volume that the series no longer has are unknown.
      series.data && series_id && (!volume || series.data.volumes.some((one) => one.id === volume))
        ? toStack(
            pacs,
            study_id,
            series.data,
            series_id,
            scope === "image" ? (image_id ?? undefined) : undefined,
            volume ?? undefined,
          )
        : null,
    [pacs, series.data, study_id, series_id, image_id, scope, volume],
  );
  return { cache: useCache(stack), stack, error: series.error };
}

/** The images and labels of a result; the first is shown unless another is chosen. */
export function imagesOf({ result }: Pick<Job, "result">): Output[] {
  return result?.outputs.filter((one) => one.kind === "values" && one.name.endsWith(".mha")) ?? [];
}

/** The values of an image of the result (.mha), fetched once the job offers them. */
export function useValues(job: Job, name?: string) {
  const { actions } = useServices();
  const images = imagesOf(job);
  const output = images.find((one) => one.name === name) ?? images[0];
  const port = job.result?.ports?.find((one) => one.name === output?.port);
  return useQuery({
    queryKey: ["values", job.key, output?.key],
    enabled: output !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    retry: 1,
    queryFn: async ({ signal }) => {
      const address = output ? await actions.address(job, output) : "";
      const image = await fetchOutput(address, signal, async (answer) => readMetaImage(await answer.arrayBuffer()));
      return port?.type === "labels" ? { ...image, display: LABELS } : image;
    },
  });
}

/** Whatever their values look like, declared labels are a mask. */
const LABELS: Display = { scale: "mask", unit: "", window: null, invert: false };

/** Names and colours of the labels of an image of a result, as its algorithm declares them. */
export function looksOf({ result }: Pick<Job, "result">, name: string | undefined): LabelLooks | undefined {
  const port = result?.ports?.find((one) => one.name === name);
  return port?.labels?.length ? new Map(port.labels.map((one) => [one.label, one])) : undefined;
}

/** The result as a stack whose planes are shown like those of its source. */
export function useResultStack(job: Job, source: FrameCache | null, sourceless: boolean, name?: string) {
  const values = useValues(job, name);
  const images = imagesOf(job);
  const port = (images.find((one) => one.name === name) ?? images[0])?.port ?? undefined;
  const { result } = job;
  const looks = useMemo(() => looksOf({ result }, port), [result, port]);
  const stack = useMemo<Stack | null>(() => {
    const image = values.data;
    if (!image || (!source && !sourceless)) return null;
    const mask = isMask(image);
    return {
      id: `result/${job.key}${port ? `/${port}` : ""}`,
      study: job.reference.study_id,
      series: job.reference.series_id ?? "",
      place: (index) => ({ image: job.key, frame: index }),
      count: image.planes,
      colour: image.samples === 3,
      outline: (index) => (source?.stack.count === image.planes ? (source.stack.outline?.(index) ?? null) : null),
      pace: (index) => (source?.stack.count === image.planes ? (source.stack.pace?.(index) ?? null) : null),
      modality: source?.stack.modality ?? "",
      frameOfReference: source?.stack.frameOfReference,
      async load(index) {
        // Only a result with as many planes as its source has its planes' places; another only looks like them.
        const paired = source?.stack.count === image.planes;
        const like = await source?.load(paired ? index : 0).catch(() => null);
        // A result on its source's scale is shown with its source's window, so that both can be compared by eye.
        const found = planeOf(image, index, like ?? null, like && !mask ? [defaultWindow(like)] : []);
        const plane = looks ? { ...found, labels: looks } : found;
        return paired ? plane : { ...plane, geometry: { ...plane.geometry, position: null } };
      },
      label: () => [["algorithm", job.result?.distribution ?? ""]],
    };
  }, [values.data, source, sourceless, job.key, job.reference, job.result?.distribution, port, looks]);
  return {
    cache: useCache(stack),
    stack,
    looks,
    image: values.data ?? null,
    error: values.error,
    again: values.refetch,
    pending: values.isLoading,
  };
}
