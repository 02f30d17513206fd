/** The points and boxes of a result, and which of them is chosen. */

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { fetchOutput } from "../../jobs/result/fetchOutput";
import { listsOf, type Placed, placesOf } from "../../jobs/result/listed";
import type { Job, Output } from "../../model";
import type { Observable } from "../../observable";
import { useServices } from "../../services";

export interface Places {
  port: string;
  type: "points" | "boxes";
  places: readonly Placed[];
}

/** What the list and the images have in common. */
export interface PlaceChoice {
  shown: boolean;
  /** The place that was chosen in the list: its output, and its number from 0. */
  chosen: { port: string; n: number } | null;
}
export type PlaceChoices = Observable<PlaceChoice>;

/** How the file of a list is fetched; its table and its drawing share the answer. */
export function useListFile(job: Job) {
  const { actions } = useServices();
  return useCallback(
    (output: Output) => ({
      queryKey: ["list", job.key, output.key],
      staleTime: Number.POSITIVE_INFINITY,
      retry: 1,
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<unknown> =>
        fetchOutput(await actions.address(job, output), signal, (answer) => answer.json()),
    }),
    [job, actions],
  );
}

/** Those of the result that can be drawn, as far as they are here. */
export function usePlaces(job: Job): readonly Places[] {
  const query = useListFile(job);
  const client = useQueryClient();
  const lists = placed(job);
  const found = useQuery({
    queryKey: ["places", job.key, lists.length],
    enabled: lists.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      // One that fails says so in its table.
      const read = lists.map(async ({ port: { name, type }, output }): Promise<Places> => {
        return { port: name, type, places: placesOf(type, await client.fetchQuery(query(output))) };
      });
      return (await Promise.allSettled(read)).flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    },
  });
  return found.data ?? NONE;
}

const NONE: readonly Places[] = [];

/** The declared outputs of a job that are points or boxes. */
export function placed({ result }: Pick<Job, "result">) {
  return (result?.ports ? listsOf(result) : []).flatMap(({ port, output }) =>
    port.type === "table" ? [] : [{ port: { name: port.name, type: port.type }, output }],
  );
}
