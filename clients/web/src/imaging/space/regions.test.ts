import { expect, it } from "vitest";
import { distance, type PlaneGeometry, scaleAt } from "./geometry";
import type { Region } from "./regions";

/** Tissue beside a Doppler curve, and a magnified part within the tissue. */
const plane: PlaneGeometry = {
  spacing: [7, 7],
  position: null,
  orientation: null,
  regions: [
    { left: 0, top: 0, right: 99, bottom: 99, spacing: [0.2, 0.5], low_priority: true },
    { left: 0, top: 100, right: 99, bottom: 199, spacing: null },
    { left: 50, top: 50, right: 89, bottom: 89, spacing: [0.1, 0.1] },
  ],
};
const at = (column: number, row: number) => ({ column, row });

it("a length within an area is by the area's own deltas", () => {
  expect(distance(plane, at(0, 0), at(8, 15))).toEqual({ length: 5, unit: "mm" });
  expect(distance(plane, at(50, 50), at(80, 90.4)).unit).toBe("px");
  expect(distance(plane, at(50, 50), at(80, 50)).length).toBeCloseTo(3, 9);
});

it("across areas, outside of all and where there are no lengths it is in pixels", () => {
  expect(distance(plane, at(0, 90), at(0, 110))).toEqual({ length: 20, unit: "px" });
  expect(distance(plane, at(0, 120), at(3, 124))).toEqual({ length: 5, unit: "px" });
  expect(distance(plane, at(200, 0), at(203, 4))).toEqual({ length: 5, unit: "px" });
});

it("areas that overlap have a scale where they agree, or one hides the other", () => {
  const [tissue, , part] = plane.regions ?? [];
  if (!tissue || !part) throw new Error("no areas");
  const within = (...regions: Region[]) => distance({ ...plane, regions }, at(60, 60), at(80, 60));
  expect(within(tissue, part)).toEqual({ length: 2, unit: "mm" });
  expect(within({ ...tissue, low_priority: false }, { ...part, low_priority: true })).toEqual({
    length: 10,
    unit: "mm",
  });
  expect(within({ ...tissue, low_priority: false }, part).unit).toBe("px");
  // a line through a colour box that has the scale of the tissue around it
  const box = { ...part, spacing: tissue.spacing };
  expect(distance({ ...plane, regions: [tissue, box] }, at(40, 60), at(60, 60))).toEqual({ length: 10, unit: "mm" });
  expect(distance({ ...plane, regions: [tissue, part] }, at(40, 60), at(60, 60)).unit).toBe("px");
});

it("one scale bar stands for a plane only if all its areas agree", () => {
  expect(scaleAt(plane)).toBeNull();
  expect(scaleAt({ ...plane, regions: plane.regions?.slice(0, 2) })).toEqual([0.2, 0.5]);
  expect(scaleAt({ ...plane, regions: [] })).toEqual([7, 7]);
});
