import { expect, it } from "vitest";
import type { Stack } from "../../../imaging/frame";
import type { PlaneGeometry } from "../../../imaging/space/geometry";
import { crossLine } from "../../../imaging/volume/crossLine";
import { createModel } from "../../state/model";
import { createLink } from "./link";
import type { Member } from "./member";

const AXIAL: PlaneGeometry["orientation"] = [1, 0, 0, 0, 1, 0];
const CORONAL: PlaneGeometry["orientation"] = [1, 0, 0, 0, 0, -1];

/** A stack of 10 x 10 pixels; `place` gives a plane's first pixel, in mm. */
function member(name: string, count: number, place: ((n: number) => PlaneGeometry) | null, kind = "CT"): Member {
  const stack: Stack = {
    id: name,
    study: "s",
    series: name,
    count,
    modality: "CT",
    place: (frame) => ({ image: name, frame }),
    load: () => Promise.reject(new Error("none")),
    label: () => [],
    outline: (n) => place && { rows: 10, columns: 10, geometry: place(n) },
  };
  return { model: createModel(), stack, kind };
}
const axial = (step: number, pixel = 1) =>
  member(`axial ${step}`, 40, (n) => ({ spacing: [pixel, pixel], position: [0, 0, n * step], orientation: AXIAL }));
const coronal = () => member("coronal", 10, (n) => ({ spacing: [1, 1], position: [0, n, 20], orientation: CORONAL }));
const linked = (...members: Member[]) => {
  const link = createLink();
  for (const one of members) link.join(one);
  return link;
};

it("panes of different spacing stay at the same mm", () => {
  const [coarse, fine] = [axial(5), axial(2)];
  linked(coarse, fine);
  coarse.model.set({ index: 4 });
  expect(fine.model.get().index).toBe(10);
  fine.model.set({ index: 19 });
  expect(coarse.model.get().index, "38 mm is nearest to 40").toBe(8);
});

it("a pane that joins goes to where the others are, with their window, zoom and tool", () => {
  const [first, late] = [axial(5), axial(2)];
  const link = linked(first);
  const view = { zoom: 3, x: 5, y: -2 };
  first.model.set({ index: 4, window: { center: 1, width: 2 }, tool: "zoom", view });
  const leave = link.join(late);
  expect(late.model.get()).toMatchObject({ index: 10, window: { center: 1, width: 2 }, tool: "zoom", view });
  leave();
  first.model.set({ index: 0 });
  expect(late.model.get().index).toBe(10);
});

it("a pane that leads keeps its place, and those that lie otherwise theirs", () => {
  const [one, other] = [axial(5), coronal()];
  const link = linked(one);
  one.model.set({ index: 3 });
  other.model.set({ index: 7 });
  link.join(other, true);
  expect([one.model.get().index, other.model.get().index]).toEqual([3, 7]);
  const fine = axial(1);
  one.model.set({ view: { zoom: 3, x: 5, y: -2 } });
  fine.model.set({ index: 25 });
  link.join(fine, true);
  expect(fine.model.get().view.zoom, "as its address says").toBeNull();
  expect([one.model.get().index, other.model.get().index]).toEqual([5, 7]);
});

it("planes at right angles keep their own place until a point is chosen", () => {
  const [one, other] = [axial(5), coronal()];
  const link = linked(one, other);
  expect(other.model.get().index, "the middle of the first plane").toBeOneOf([4, 5]);
  one.model.set({ index: 3 });
  expect(other.model.get().index).toBeOneOf([4, 5]);
  link.goTo([1, 8, 10], one.stack);
  expect([one.model.get().index, other.model.get().index]).toEqual([2, 8]);
});

it("without positions the numbers of the planes are linked", () => {
  const [one, other, placed] = [member("a", 9, null), member("b", 4, null), axial(5)];
  linked(one, other, placed);
  one.model.set({ index: 3 });
  expect(other.model.get().index).toBe(3);
  one.model.set({ index: 8 });
  expect(other.model.get().index).toBe(3);
  expect(placed.model.get().index, "a place in the patient is no number").toBe(0);
});

it("windows are shared among values of one kind, zoom by millimetre, and nothing once the link is off", () => {
  const [one, other, map] = [axial(5, 2), axial(2, 1), member("map", 3, null, "result 1")];
  const link = linked(one, other, map);
  one.model.set({ window: { center: 40, width: 400 }, view: { zoom: 4, x: 1, y: 2 } });
  expect(other.model.get()).toMatchObject({ window: { center: 40, width: 400 }, view: { zoom: 2, x: 1, y: 2 } });
  expect(map.model.get()).toMatchObject({ window: null, view: { zoom: 4, x: 1, y: 2 } });
  link.set(false);
  one.model.set({ index: 4, window: null });
  expect(other.model.get()).toMatchObject({ index: 0, window: { center: 40, width: 400 } });
});

it("a plane cuts another in a line from edge to edge, and a parallel one in none", () => {
  const plane = (orientation: PlaneGeometry["orientation"], position: [number, number, number]) => ({
    rows: 10,
    columns: 10,
    geometry: { spacing: [2, 1] as const, position, orientation },
  });
  const [flat, upright] = [plane(AXIAL, [0, 0, 7]), plane(CORONAL, [0, 6, 20]).geometry];
  expect(crossLine(flat, upright)).toEqual([
    { column: -0.5, row: 3 },
    { column: 9.5, row: 3 },
  ]);
  expect(crossLine(flat, plane(CORONAL, [0, 60, 20]).geometry), "beside it").toBeNull();
  expect(crossLine(flat, flat.geometry)).toBeNull();
  expect(crossLine(flat, { ...upright, position: null })).toBeNull();
});

it("panes of different frames of reference have no common place: they go as many planes, and a point moves none", () => {
  const [one, other, unnamed] = [axial(5), axial(2), axial(1)];
  one.stack.frameOfReference = "1.2";
  other.stack.frameOfReference = "1.3";
  const link = linked(one, other, unnamed);
  other.model.set({ index: 3 });
  one.model.set({ index: 5 });
  expect(other.model.get().index, "two planes on").toBe(5);
  expect(unnamed.model.get().index, "one that names none is taken to have the same").toBe(25);
  link.goTo([0, 0, 10], one.stack);
  expect([one, other, unnamed].map(({ model }) => model.get().index)).toEqual([2, 5, 10]);
});
