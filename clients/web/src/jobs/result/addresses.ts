/** Signed addresses of outputs, renewed before they expire. */

import type { Processing } from "../../api/processing";
import type { Job, Output } from "../../model";
import type { Store } from "../store";

/** Presigned addresses live an hour; they are renewed well before. */
export const FRESH_MS = 25 * 60 * 1000;
/** How often an address that the page shows is checked. */
export const RENEW_MS = 20 * 60 * 1000;

/** An address of an output that is valid at a time; the known one if the client that may ask for another is gone. */
export async function validAddress(
  store: Store,
  api: Processing,
  job: Job,
  output: Output,
  now: number,
): Promise<string> {
  const signed = job.result?.outputs?.find((one) => one.key === output.key)?.url;
  const owner = store.get().client;
  if ((signed && now - job.signedAt < FRESH_MS) || !owner || owner.clientId !== job.clientId) return signed ?? "";
  return api.sign(owner, output.key);
}
