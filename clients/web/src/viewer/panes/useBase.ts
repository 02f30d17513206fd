/** What a pane shows before any volume is cut: a series, or the result of a job, as it is stored. */

import { useMemo } from "react";
import { useT } from "../../i18n";
import type { MetaImage } from "../../imaging/files/metaimage";
import { isMask } from "../../imaging/files/metaPlane";
import type { Stack } from "../../imaging/frame";
import type { Cut } from "../../imaging/volume/cut";
import type { Job } from "../../model";
import { useStack } from "../../queries/useArchive";
import type { FrameCache } from "../stack/cache";
import { useCache } from "../stack/useCache";
import { useResultStack, useSource } from "../stack/useResult";
import { createModel, type Model } from "../state/model";

export interface Base {
  stack: Stack;
  /** The stack as it is stored, of planes that are cut through it. */
  source?: Stack;
  cut?: Cut;
  /** The file of a result. */
  image?: MetaImage;
  cache: FrameCache;
  model: Model;
  /** What its values mean: panes of one kind share a window. */
  kind: string;
  title: string;
}
export interface Found {
  base: Base | null;
  error: Error | null;
}

export const kindOf = (stack: Stack) => `values of ${stack.modality}`;

export function useSeriesBase(study: string, series: string): Found {
  const t = useT();
  const { stack, data, error } = useStack(study, series);
  const cache = useCache(stack);
  const base = useMemo<Base | null>(() => {
    if (!stack || !cache) return null;
    const title = data?.series_description ?? t("browse.noDescription");
    return { stack, cache, model: createModel(), kind: kindOf(stack), title };
  }, [stack, cache, data, t]);
  return { base, error };
}

export function useJobBase(job: Job): Found {
  const source = useSource(job);
  const sourceless = job.reference.scope === "study" || source.error !== null;
  const { cache, image, error } = useResultStack(job, source.cache, sourceless);
  const base = useMemo<Base | null>(() => {
    if (!cache || !image) return null;
    // A window of the source says nothing about values on another scale.
    const own = isMask(image) || (image.display?.scale ?? "source") !== "source";
    const kind = own ? `result ${job.key}` : kindOf(cache.stack);
    return { stack: cache.stack, image, cache, model: createModel(), kind, title: job.algorithm };
  }, [cache, image, job.key, job.algorithm]);
  return { base, error };
}
