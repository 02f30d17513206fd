import { expect, test } from "vitest";
import { ApiError } from "../api/http";
import type { Processing } from "../api/processing";
import type { Job, Output, Result } from "../model";
import { createActions } from "./actions";
import { FRESH_MS } from "./result/addresses";
import { createStore } from "./store";

const reference = { study_id: "s", series_id: "t", image_id: "1", scope: "image" } as const;
const output = { key: "results/c1/j/values.mha", url: "https://signed/first" } as unknown as Output;

/** The page's actions on an API with the given answers. */
function actions(answers: Partial<Processing>, now = () => 0) {
  const store = createStore(null);
  let made = 0;
  const api = {
    provision: async () => ({ clientId: `c${++made}`, token: "t", queueUrl: "q" }),
    release: async () => undefined,
    process: async () => "j",
    sign: async () => "https://signed/again",
    ...answers,
  } as unknown as Processing;
  return { store, actions: createActions(store, api, { wake() {}, stop() {} }, now) };
}

test("an address is used while it is fresh, and signed anew well before it expires", async () => {
  let time = 0;
  const { store, actions: act } = actions({}, () => time);
  const sent = await act.submit("gaussian", reference, {});
  store.update(sent.key, { result: { outputs: [output] } as unknown as Result, signedAt: 0 });
  const job = store.get().jobs[0] as Job;
  time = FRESH_MS - 1;
  expect(await act.address(job, output)).toBe("https://signed/first");
  time = FRESH_MS;
  expect(await act.address(job, output)).toBe("https://signed/again");
});

test("two jobs at once are sent by one client", async () => {
  const { store, actions: act } = actions({});
  await Promise.all([act.submit("a", reference, {}), act.submit("b", reference, {})]);
  expect(new Set(store.get().jobs.map((job) => job.clientId))).toEqual(new Set(["c1"]));
});

test("a client that is gone is provisioned again, and the same job is sent once more", async () => {
  const sent: string[] = [];
  const { store, actions: act } = actions({
    async process(client, _algorithm, _reference, _parameters, key) {
      sent.push(`${client.clientId} ${key}`);
      if (client.clientId === "c1") throw new ApiError(401, "unauthorized", "unknown");
      return "j";
    },
  });
  const { key } = await act.submit("gaussian", reference, {});
  expect(sent).toEqual([`c1 ${key}`, `c2 ${key}`]);
  expect(store.get().notice).toBe("renewed");
  expect(store.get().jobs[0]?.state).toBe("accepted");
});

test("a job to which no answer came is not called refused, and is sent again as the same job", async () => {
  const keys: unknown[] = [];
  const { store, actions: act } = actions({
    async process(_client, _algorithm, _reference, _parameters, key) {
      if (keys.push(key) === 1) throw new TypeError("Failed to fetch");
      return "j";
    },
  });
  await expect(act.submit("gaussian", reference, {})).rejects.toThrow("Failed to fetch");
  const [job] = store.get().jobs as [Job];
  expect([job.state, job.jobId, job.fault]).toEqual(["lost", null, null]);
  await act.resend(job);
  expect(store.get().jobs.map((one) => [one.state, one.jobId])).toEqual([["accepted", "j"]]);
  expect(keys).toEqual([job.key, job.key]);
});

test("a fault of the form leaves no job, any other refusal leaves one that says why", async () => {
  let status = 422;
  const { store, actions: act } = actions({
    process: () => Promise.reject(new ApiError(status, "refused", "no")),
  });
  await expect(act.submit("gaussian", reference, {})).rejects.toThrow("no");
  expect(store.get().jobs).toEqual([]);
  status = 503;
  await expect(act.submit("gaussian", reference, {})).rejects.toThrow("no");
  expect(store.get().jobs[0]).toMatchObject({ state: "rejected", fault: { code: "refused", message: "no" } });
});
