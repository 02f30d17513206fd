import { expect, it } from "vitest";
import { distance, type PlaneGeometry, scaleAt } from "./geometry";

/** Tissue beside a Doppler curve, and a magnified part within the tissue. */
const plane: PlaneGeometry = {
  spacing: [7, 7],
  position: null,
  orientation: null,
  regions: [
    { left: 0, top: 0, right: 99, bottom: 99, spacing: [0.2, 0.5] },
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

it("one scale bar stands for a plane only if all its areas agree", () => {
  expect(scaleAt(plane)).toBeNull();
  expect(scaleAt({ ...plane, regions: plane.regions?.slice(0, 2) })).toEqual([0.2, 0.5]);
  expect(scaleAt({ ...plane, regions: [] })).toEqual([7, 7]);
});
