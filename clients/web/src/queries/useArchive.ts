/** Queries to the PACS API, through the query cache. */

import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Pacs, StudySearch } from "../api/pacs";
import { toStack } from "../api/stack";
import { useServices } from "../services";

const FRESH = 60_000;

export function useStudies(search: StudySearch) {
  const { pacs } = useServices();
  return useInfiniteQuery({
    queryKey: ["studies", search],
    queryFn: ({ pageParam }) => pacs.studies(search, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: FRESH,
  });
}

export function useSeries(study: string | undefined) {
  const { pacs } = useServices();
  return useQuery({
    queryKey: ["series", study],
    queryFn: () => pacs.series(study ?? ""),
    enabled: study !== undefined,
    staleTime: FRESH,
  });
}

/** The address of a small picture: of an image, or of a series' middle image; null until it is loaded. */
export function useThumbnail(study: string, series: string, image: string, size: number, wanted: boolean) {
  const { pacs } = useServices();
  const query = useQuery({
    queryKey: ["thumbnail", study, series, image, size],
    queryFn: ({ signal }) => pacs.thumbnail(study, series, image, size, signal),
    enabled: wanted && image !== "",
    staleTime: 5 * FRESH,
  });
  return query.data ?? null;
}

export function stackQuery(pacs: Pacs, study: string, series: string) {
  return queryOptions({
    queryKey: ["stack", study, series],
    queryFn: () => pacs.stack(study, series),
    staleTime: FRESH,
  });
}

export function useStack(study: string | undefined, series: string | undefined, volume?: string) {
  const { pacs } = useServices();
  const query = useQuery({
    ...stackQuery(pacs, study ?? "", series ?? ""),
    enabled: study !== undefined && series !== undefined,
  });
  const stack = useMemo(
    () => (query.data && study && series ? toStack(pacs, study, query.data, series, undefined, volume) : null),
    [pacs, study, series, query.data, volume],
  );
  return { ...query, stack };
}
