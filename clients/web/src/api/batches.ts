/** Batches at the processing API: many jobs that one request makes. */

import type { Client, Reference } from "../model";
import { type Api, batch, cancel, submitBatch } from "./client";
import type { components } from "./processing-schema";

export type BatchView = components["schemas"]["BatchView"];

export interface BatchOrder {
  algorithm: string;
  references: readonly Reference[];
  parameters: Record<string, unknown>;
  inputs?: Record<string, unknown>;
}

/** Sends a job for each input, all or none; their numbers are in the order of the inputs. */
export function postBatch(api: Api, client: Client, order: BatchOrder, key: string) {
  const { algorithm, references, parameters, inputs } = order;
  return submitBatch(api, client, algorithm, references, parameters, { inputs, key });
}

export function readBatch(api: Api, client: Client, batchId: string, signal?: AbortSignal): Promise<BatchView> {
  return batch(api, client, batchId, signal);
}

/** Cancels all jobs of the batch that have not ended. */
export function cancelBatch(api: Api, client: Client, batchId: string): Promise<void> {
  return cancel(api, client, batchId);
}
