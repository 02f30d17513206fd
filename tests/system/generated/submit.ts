// Submits a job to each algorithm through both generated clients: node submit.js ADDRESS STUDY SERIES
import createClient from "openapi-fetch";
import * as orval from "./orval.js";
import type { paths } from "./types.js";

const [address, study_id, series_id] = process.argv.slice(2) as [string, string, string];
const made = await orval.provision({});
if (made.status !== 201) throw new Error(JSON.stringify(made.data));
const callback = { client_id: made.data.client_id };
const headers = { "X-Client-Token": made.data.client_token };
const pacs = { study_id, series_id, scope: "series" as const };
const moving = { study_id, series_id };

async function follow(client: string, name: string, job_id: string): Promise<void> {
  for (;;) {
    const view = await orval.job(job_id, { headers });
    if (view.status !== 200) throw new Error(JSON.stringify(view.data));
    const { state, result } = view.data;
    if (!["accepted", "queued", "running"].includes(state)) {
      console.log(client, name, state, result?.outputs?.length ? "with outputs" : "without");
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

const byOrval = {
  gaussian: await orval.processGaussian(
    { pacs, callback, parameters: { sigma: 2, planes: "separately" } },
    { headers },
  ),
  processing_1: await orval.processProcessing1(
    { pacs, callback, parameters: { radius: 1.5, amount: 0.5 } },
    { headers },
  ),
  registration: await orval.processRegistration(
    { pacs, callback, inputs: { moving }, parameters: { samples: 0.02, iterations: 2 } },
    { headers },
  ),
  tissue_segmentation: await orval.processTissueSegmentation({ pacs, callback }, { headers }),
  vessel_filter: await orval.processVesselFilter({ pacs, callback, parameters: { vessels: "dark" } }, { headers }),
};
for (const [name, answer] of Object.entries(byOrval)) {
  if (answer.status !== 202 || !("job_id" in answer.data)) throw new Error(JSON.stringify(answer.data));
  await follow("orval", name, answer.data.job_id);
}

const http = createClient<paths>({ baseUrl: address, headers });
const byTypes = {
  gaussian: await http.POST("/process/gaussian", { body: { pacs, callback, parameters: { sigma: 2 } } }),
  processing_1: await http.POST("/process/processing_1", { body: { pacs, callback, parameters: { radius: 1.5 } } }),
  registration: await http.POST("/process/registration", {
    body: { pacs, callback, inputs: { moving }, parameters: { samples: 0.02, iterations: 2 } },
  }),
  tissue_segmentation: await http.POST("/process/tissue_segmentation", { body: { pacs, callback } }),
  vessel_filter: await http.POST("/process/vessel_filter", { body: { pacs, callback, parameters: { radius: 1 } } }),
};
for (const [name, { data, error }] of Object.entries(byTypes)) {
  if (data === undefined || !("job_id" in data)) throw new Error(JSON.stringify(error));
  await follow("openapi-typescript", name, data.job_id);
}
await orval.unprovision({ headers });

// Each line has a wrong type: the compiler reports a comment that has no error below it, too.
export function refusedByTheCompiler(): void {
  // @ts-expect-error
  orval.processVesselFilter({ pacs, callback, parameters: { radius: "wide" } });
  // @ts-expect-error
  orval.processVesselFilter({ pacs, callback, parameters: { vessels: "grey" } });
  // @ts-expect-error
  orval.processRegistration({ pacs, callback });
  // @ts-expect-error
  http.POST("/process/vessel_filter", { body: { pacs, callback, parameters: { radius: "wide" } } });
  // @ts-expect-error
  http.POST("/process/vessel_filter", { body: { pacs, callback, parameters: { vessels: "grey" } } });
  // @ts-expect-error
  http.POST("/process/registration", { body: { pacs, callback } });
}
