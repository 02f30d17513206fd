import { expect, it } from "vitest";
import { jobNumber } from "../../jobs/sampleJobs";
import type { Output, Result } from "../../model";
import { createModel, withOwnWindow } from "../state/model";
import { comparedAt, comparedQuery } from "./useCompareAddress";

it("an address brings back plane, mode, window and zoom of a result, and nothing that it says wrongly", () => {
  expect(comparedAt("?frame=4&window=40+400&zoom=2+5+-7&mode=swipe")).toMatchObject({
    index: 3,
    mode: "swipe",
    look: { window: { center: 40, width: 400 }, view: { zoom: 2, x: 5, y: -7 } },
  });
  expect(comparedAt("?mode=upside&swipe=101")).toEqual({
    ...{ index: null, mode: null, look: {}, output: null, opacity: 50, swipe: 50 },
    own: { window: null, auto: false, invert: false },
  });
});

it("the window of a result on a scale of its own, its output and what is seen of it are kept, too", () => {
  const own = { window: { center: 0.5, width: 1 }, auto: false, invert: true };
  const apart = withOwnWindow(createModel({ window: { center: 40, width: 400 } }), own);
  const outputs = ["a.mha", "lungs.mha"].map((name) => ({ name, key: name, kind: "values" }) as Output);
  const job = jobNumber(1, { result: { outputs } as unknown as Result });
  const query = comparedQuery({ job, apart, picked: "mask", output: "lungs.mha", opacity: 70, swipe: 50 });
  expect(query).toEqual({
    "result.window": "0.5 1",
    "result.invert": "1",
    ...{ mode: "mask", output: "lungs.mha", opacity: "70" },
  });
  const back = comparedAt(`?window=40+400&${new URLSearchParams(query)}`);
  expect(back.look).toEqual({ window: { center: 40, width: 400 } });
  expect(back).toMatchObject({ own, mode: "mask", output: "lungs.mha", opacity: 70 });
});
