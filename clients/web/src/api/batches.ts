/** Batches at the processing API: many jobs that one request makes. */

import type { Client, Reference } from "../model";
import { data } from "./http";
import { type Processing, token } from "./processing";
import type { components } from "./processing-schema";

type Http = Processing["http"];
export type BatchView = components["schemas"]["BatchView"];

export interface BatchOrder {
  algorithm: string;
  references: readonly Reference[];
  parameters: Record<string, unknown>;
  inputs?: Record<string, unknown>;
}

/** Sends a job for each input, all or none; their numbers are in the order of the inputs. */
export async function postBatch(
  http: Http,
  client: Client,
  { algorithm, references, parameters, inputs = {} }: BatchOrder,
  key: string,
): Promise<components["schemas"]["AcceptedBatch"]> {
  const answer = await data(
    http.POST("/process/{algorithm}", {
      params: { path: { algorithm }, header: { "Idempotency-Key": key } },
      headers: token(client),
      // Fields that are left out have defaults, which the generated type does not know.
      body: {
        pacs: references,
        parameters,
        ...(Object.keys(inputs).length ? { inputs } : {}),
        callback: { client_id: client.clientId },
      } as components["schemas"]["BatchRequest"],
    }),
  );
  return answer as components["schemas"]["AcceptedBatch"];
}

export function readBatch(http: Http, client: Client, batch_id: string, signal?: AbortSignal): Promise<BatchView> {
  return data(
    http.GET("/batches/{batch_id}", { params: { path: { batch_id } }, headers: token(client), signal }),
  ) as Promise<BatchView>;
}

/** Cancels all jobs of the batch that have not ended. */
export function cancelBatch(http: Http, client: Client, batch_id: string): Promise<BatchView> {
  return data(
    http.DELETE("/batches/{batch_id}", { params: { path: { batch_id } }, headers: token(client) }),
  ) as Promise<BatchView>;
}
