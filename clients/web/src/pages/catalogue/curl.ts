/** A request as a command that can be pasted into a shell. */

import type { Reference } from "../../model";

export function curl(
  api: string,
  algorithm: string,
  reference: Reference | null,
  parameters: Record<string, unknown>,
): string {
  const pacs = reference ?? { study_id: "STUDY_ID", series_id: "SERIES_ID", image_id: "IMAGE_ID", scope: "image" };
  const body = JSON.stringify({ pacs, parameters, callback: { client_id: "CLIENT_ID" } }, null, 2);
  // The client's identifier is filled in by the shell: quotes are closed around it.
  const quoted = body.replaceAll("'", "'\\''").replace("CLIENT_ID", `'"$CLIENT_ID"'`);
  return [
    `curl -X POST '${api}/process/${algorithm}' \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -H "X-Client-Token: $CLIENT_TOKEN" \\`,
    `  -d '${quoted}'`,
  ].join("\n");
}
