import { expect, it } from "vitest";
import type { Job, Output } from "../../model";
import { candidates } from "./candidates";

const output = (name: string, port: string | null = null) => ({ kind: "values", key: name, name, port }) as Output;
const job = (key: string, image: string, more: object) =>
  ({
    key,
    jobId: `${key}234567`,
    algorithm: "seg",
    reference: { scope: "image", study_id: "s", series_id: "t", image_id: image },
    result: { ports: [], display: null, ...more },
  }) as unknown as Job;

it("labels over the same image can be added: further ones of the job, and those of other jobs", () => {
  const declared = {
    ports: [
      { name: "tissue", type: "labels" },
      { name: "bone", type: "labels" },
      { name: "smooth", type: "image" },
    ],
    outputs: [output("tissue.mha", "tissue"), output("bone.mha", "bone"), output("smooth.mha", "smooth")],
  };
  const own = job("a", "1", declared);
  const mask = job("b", "1", { outputs: [output("values.mha")], display: { scale: "mask" } });
  const grey = job("c", "1", { outputs: [output("values.mha")], display: { scale: "source" } });
  const elsewhere = job("d", "2", { outputs: [output("values.mha")], display: { scale: "mask" } });
  const open = job("e", "1", { outputs: [] });
  const found = candidates(own, "tissue.mha", [own, mask, grey, elsewhere, open, { ...open, result: null }]);
  expect(found.map(({ title, name }) => [title, name])).toEqual([
    ["seg · bone · a234", "bone.mha"],
    ["seg · b234", "values.mha"],
  ]);
});
