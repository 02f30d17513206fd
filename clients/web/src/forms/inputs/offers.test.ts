import { expect, it } from "vitest";
import type { Series } from "../../api/pacs";
import type { Stack } from "../../imaging/frame";
import type { Job } from "../../model";
import { measuredIn } from "./measured";
import { chosenOf, type InputPort, inputsOf, offersFor, outputsOf, type Surroundings } from "./offers";

const port = (type: InputPort["type"], more: Partial<InputPort> = {}): InputPort => ({
  name: "other",
  type,
  description: "",
  required: true,
  many: false,
  scopes: [],
  ...more,
});
const series = (series_id: string, modality: string) =>
  ({ series_id, modality, middle_image_id: `${series_id}-middle` }) as Series;
const job = (jobId: string, more: object = {}, result: object = {}) =>
  ({
    jobId,
    clientId: "c",
    sentAt: 0,
    reference: { study_id: "s" },
    result: { status: "succeeded", outputs: [{ kind: "values" }], ports: [], ...result },
    ...more,
  }) as unknown as Job;
const around: Surroundings = {
  study: "s",
  series: "open",
  image: "shown",
  all: [series("pet", "PT"), series("open", "CT"), series("earlier", "CT")],
  jobs: [],
  client: "c",
  measured: { points: [], boxes: [] },
};

it("series of the open one's modality come first, the open one last", () => {
  const ids = (found: ReturnType<typeof offersFor>) => found.map((one) => JSON.stringify(one.value));
  expect(ids(offersFor(port("image", { scopes: ["series"] }), around))).toEqual(
    ["earlier", "pet", "open"].map((id) => JSON.stringify({ study_id: "s", series_id: id, scope: "series" })),
  );
  expect(offersFor(port("image", { scopes: ["image"] }), around).map((one) => one.value)).toMatchObject([
    { image_id: "earlier-middle" },
    { image_id: "pet-middle" },
    { image_id: "shown", scope: "image" },
  ]);
  const volumes = ["a", "b"].map((id) => ({ id, distinction: {}, order: [], spacing: null }));
  const offered = offersFor(port("image", { scopes: ["series"], many: true }), { ...around, volumes });
  expect(offered.slice(2).map((one) => one.value)).toMatchObject([{ volume: "a" }, { volume: "b" }]);
  expect(offersFor(port("labels"), around), "the archive has images alone").toEqual([]);
});

it("outputs of the client's own jobs are offered by their type, those of the study and the newest first", () => {
  const ports = [
    { name: "tissue", type: "labels" },
    { name: "volume", type: "quantity" },
  ];
  const jobs = [
    job("elsewhere", { reference: { study_id: "x" }, sentAt: 9 }, { ports }),
    job("old", { sentAt: 1 }, { ports }),
    job("new", { sentAt: 2 }, { ports }),
    job("foreign", { clientId: "d" }, { ports }),
    job("failed", {}, { ports, status: "failed" }),
  ];
  expect(offersFor(port("labels"), { ...around, jobs }).map((one) => one.value)).toEqual(
    ["new", "old", "elsewhere"].map((job_id) => ({ job_id, output: "tissue" })),
  );
  expect(outputsOf(job("j")), "one that declares nothing has an image").toEqual([{ name: "image", type: "image" }]);
  expect(outputsOf(job("j", {}, { outputs: [] }))).toEqual([]);
});

it("measurements give points and boxes in mm, and none without positions", () => {
  const stack = {
    outline: (n: number) => ({
      rows: 9,
      columns: 9,
      geometry: { spacing: [2, 1], position: [10, 20, n], orientation: [1, 0, 0, 0, 1, 0] },
    }),
  } as unknown as Stack;
  const [a, b] = [
    { column: 1, row: 2 },
    { column: 4, row: 6 },
  ];
  const measurements = [
    { id: "1", shape: "length", index: 3, points: [a, b] },
    { id: "2", shape: "rectangle", index: 0, points: [a, b] },
  ] as const;
  const measured = measuredIn(stack, measurements);
  expect(measured).toEqual({
    points: [
      [11, 24, 3],
      [14, 32, 3],
    ],
    boxes: [
      [
        [11, 24, 0],
        [14, 32, 0],
      ],
    ],
  });
  expect(offersFor(port("points"), { ...around, measured })[0]).toEqual({
    group: "measured",
    value: { points: [{ position: [11, 24, 3] }, { position: [14, 32, 3] }] },
  });
  expect(offersFor(port("boxes"), { ...around, measured })[0]?.value).toHaveProperty("boxes");
  const set = { id: "3", shape: "point", index: 1, points: [b] } as const;
  expect(measuredIn(stack, [...measurements, set]).points, "points that were set come instead").toEqual([[14, 32, 1]]);
  expect(measuredIn({ ...stack, outline: () => null }, measurements)).toEqual({ points: [], boxes: [] });
});

it("a request has one value or a list, and says what is missing", () => {
  const ports = [port("image", { name: "fixed" }), port("image", { name: "times", many: true, required: false })];
  const value = { study_id: "s", series_id: "t" };
  expect(inputsOf(ports, {})).toEqual({ inputs: {}, missing: ["fixed"] });
  const { inputs, missing } = inputsOf(ports, { fixed: [value], times: [value, value], gone: [value] });
  expect({ inputs, missing }).toEqual({ inputs: { fixed: value, times: [value, value] }, missing: [] });
  expect(chosenOf(inputs), "for a job that is sent again").toEqual({ fixed: [value], times: [value, value] });
});
