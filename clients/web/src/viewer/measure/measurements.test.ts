import { expect, it } from "vitest";
import type { Stack } from "../../imaging/frame";
import type { Measurement } from "../../imaging/space/measure";
import { memoryStorage } from "../../memoryStorage";
import { createModel } from "../state/model";
import { toCsv, toJson } from "./exportMeasurements";
import { readMeasurements, writeMeasurements } from "./keptMeasurements";
import { movePoint, nearestPoint, placePoint, removeMeasurement, restoreMeasurement } from "./measuring";

const stackOf = (images: string[]): Stack => ({
  id: "s/t/",
  study: "s",
  series: "t,1",
  count: images.length,
  modality: "CT",
  place: (index) => ({ image: images[index] ?? "", frame: 0 }),
  load: () => Promise.reject(new Error("none")),
  label: () => [],
});
const line: Measurement = {
  id: "1",
  shape: "length",
  index: 1,
  points: [
    { column: 1, row: 2 },
    { column: 4, row: 6 },
  ],
};

it("measurements stay at their image when files come and go", () => {
  const storage = memoryStorage();
  expect(writeMeasurements(storage, stackOf(["a", "b"]), [line])).toBe(true);
  expect(readMeasurements(storage, stackOf(["a", "new", "b"]))).toEqual([{ ...line, index: 2 }]);
  expect(readMeasurements(storage, stackOf(["a"]))).toEqual([]);
  writeMeasurements(storage, stackOf(["a"]), []);
  expect(readMeasurements(storage, stackOf(["b"])), "that of an image that is away is kept").toHaveLength(1);
  const full = memoryStorage(0);
  expect(writeMeasurements(full, stackOf(["b"]), [line])).toBe(false);
});

it("files hold identifiers, units and points", () => {
  const figures = [{ name: "length", value: 5.25, unit: "mm", meaning: "detector" }] as const;
  const all = [{ measurement: line, figures }];
  expect(toCsv(stackOf(["a", "b"]), all, "en").split("\r\n")).toEqual([
    "\uFEFFstudy_id,series_id,image_id,frame,plane,shape,figure,value,unit,holds,points",
    's,"t,1",b,1,2,length,length,5.25,mm,detector,"1 2; 4 6"',
    "",
  ]);
  expect(JSON.parse(toJson(stackOf(["a", "b"]), all))).toEqual([
    {
      study_id: "s",
      series_id: "t,1",
      image_id: "b",
      frame: 1,
      plane: 2,
      shape: "length",
      points: line.points,
      figures: [{ name: "length", value: 5.25, unit: "mm", holds: "detector" }],
    },
  ]);
});

it("a spreadsheet opens a file as it is meant: no formula, the language's own separators, numbers as numbers", () => {
  const figures = [{ name: "mean", value: -12.5, unit: "=HYPERLINK(1)" }] as const;
  const stack = { ...stackOf(["a", "@b"]), series: "-t" };
  expect(toCsv(stack, [{ measurement: line, figures }], "it").split("\r\n")[1]).toBe(
    "s;'-t;'@b;1;2;length;mean;-12,5;'=HYPERLINK(1);;\"1 2; 4 6\"",
  );
});

it("points make a measurement, can be moved, and one measurement is removed at a time", () => {
  const model = createModel({ tool: "angle" });
  for (const column of [0, 5, 9]) placePoint(model, { column, row: 0 });
  placePoint(model, { column: 1, row: 1 });
  expect(model.get().measurements).toHaveLength(1);
  expect(model.get().pending?.points).toHaveLength(1);
  const near = nearestPoint(model, (point) => Math.abs(point.column - 5), 1);
  expect(near?.at).toBe(1);
  if (near) movePoint(model, near, { column: 6, row: 2 });
  expect(model.get().measurements[0]?.points[1]).toEqual({ column: 6, row: 2 });
  model.set({ tool: "rectangle", pending: null });
  placePoint(model, { column: 0, row: 0 });
  placePoint(model, { column: 3, row: 3 });
  removeMeasurement(model);
  expect(model.get().measurements.map((one) => one.shape)).toEqual(["angle"]);
  restoreMeasurement(model);
  expect(model.get().measurements.map((one) => one.shape)).toEqual(["angle", "rectangle"]);
  model.set({ index: 3 });
  removeMeasurement(model);
  expect(model.get().measurements, "what is selected on another plane is not seen").toHaveLength(2);
  restoreMeasurement(model);
  expect(model.get().measurements).toHaveLength(2);
  model.set({ tool: "point" });
  placePoint(model, { column: 2, row: 2 });
  expect([model.get().measurements.at(-1)?.shape, model.get().pending]).toEqual(["point", null]);
});
