import { expect, it } from "vitest";
import { memoryStorage } from "../memoryStorage";
import type { Client, Output, Result } from "../model";
import { client, jobNumber as job } from "./sampleJobs";
import { createStore } from "./store";
import { leave } from "./tabs";

const address = (name: string) =>
  `https://bucket/results/${"c".repeat(16)}/${"d".repeat(32)}/1/${name}?X-Amz-Signature=${"e".repeat(500)}`;
const output = (kind: Output["kind"], name: string) =>
  ({ key: `results/${name}`, name, kind, bytes: 1, url: address(name) }) as Output;
const ended = (previews: number) =>
  ({
    job_id: "j1",
    outputs_complete: true,
    outputs: [
      output("values", "values.mha"),
      ...Array.from({ length: previews }, (_, n) => output("preview", `preview-${n}.png`)),
    ],
  }) as unknown as Result;

it("what was stored survives a reload, and a job that was being sent is lost", () => {
  const storage = memoryStorage();
  createStore(storage).set(() => ({ client, jobs: [job(2), job(1, { state: "sending", jobId: null })], notice: null }));
  const again = createStore(storage).get();
  expect(again.client).toEqual(client);
  expect(again.jobs.map(({ key, state }) => [key, state])).toEqual([
    ["k2", "queued"],
    ["k1", "lost"],
  ]);
});

it("a job of 300 planes takes a few kB, and its other outputs are known to be elsewhere", () => {
  const storage = memoryStorage();
  const store = createStore(storage);
  store.set((now) => ({ ...now, jobs: [job(1, { state: "succeeded", result: ended(300) })] }));
  expect(storage.getItem("imaging.job.k1")?.length).toBeLessThan(4000);
  expect(store.get().jobs[0]?.result?.outputs).toHaveLength(301);
  const again = createStore(storage).get().jobs[0]?.result;
  expect(again?.outputs.map((one) => one.name)).toEqual(["values.mha", "preview-150.png"]);
  expect(again?.outputs_complete).toBe(false);
});

it("two tabs share client and jobs, and neither undoes the end that the other has learned of", () => {
  const storage = memoryStorage();
  const [one, two] = [createStore(storage), createStore(storage)];
  one.set((now) => ({ ...now, client, jobs: [job(1)] }));
  two.adopt("imaging.client");
  two.adopt("imaging.job.k1");
  expect(two.get()).toMatchObject({ client, jobs: [{ key: "k1" }] });
  one.update("k1", { state: "succeeded", result: ended(3) });
  two.update("k1", { state: "running", progress: 0.5 });
  expect(two.get().jobs[0]?.state).toBe("succeeded");
  expect(createStore(storage).get().jobs[0]?.state).toBe("succeeded");
  two.set((now) => ({ ...now, jobs: [] }));
  one.adopt("imaging.job.k1");
  expect(one.get().jobs).toEqual([]);
});

it("a tab that learns late that its client is gone leaves a newer one alone", () => {
  const storage = memoryStorage();
  const [one, two] = [createStore(storage), createStore(storage)];
  one.set((now) => ({ ...now, client }));
  two.adopt(null);
  one.set((now) => ({ ...now, client: { ...client, clientId: "b".repeat(16) } }));
  two.set((now) => ({ ...now, client: null }));
  expect(createStore(storage).get().client?.clientId).toBe("b".repeat(16));
});

it("what an earlier release kept for the tab is taken over once", () => {
  const tab = memoryStorage();
  tab.setItem("imaging.v1", JSON.stringify({ client, jobs: [job(1)] }));
  const storage = memoryStorage();
  expect(createStore(storage, tab).get()).toMatchObject({ client, jobs: [{ key: "k1", state: "queued" }] });
  expect(tab.getItem("imaging.v1")).toBeNull();
  expect(createStore(storage, tab).get().jobs).toHaveLength(1);
});

it("the last tab that is left releases a client without jobs, and no other", () => {
  const released: string[] = [];
  const api = { releaseLeaving: (one: Client) => void released.push(one.clientId) };
  const store = createStore(memoryStorage());
  store.set((now) => ({ ...now, client, jobs: [job(1)] }));
  leave(store, api, true);
  store.set((now) => ({ ...now, jobs: [] }));
  leave(store, api, false);
  expect(released).toEqual([]);
  leave(store, api, true);
  expect(released).toEqual([client.clientId]);
  expect(store.get().client).toBeNull();
});
