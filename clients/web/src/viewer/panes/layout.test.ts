import { expect, it } from "vitest";
import { isPlain, type Layout, layoutOf, layoutQuery, PLAIN, THREE_PLANES, withPane } from "./layout";
import { lookOf, lookQuery } from "./look";

const address = (query: Record<string, string>) => `?${new URLSearchParams(query)}`;
const back = (layout: Layout) => layoutOf(address(layoutQuery(layout)));

it("a plain layout leaves no trace in the address", () => {
  expect(layoutQuery(PLAIN)).toEqual({});
  expect(layoutOf("?scope=study")).toEqual(PLAIN);
  expect(isPlain(PLAIN) && !isPlain(THREE_PLANES)).toBe(true);
});

it("an address brings back count, sources, planes, directions, slabs and the link", () => {
  let layout: Layout = { ...THREE_PLANES, linked: false };
  layout = withPane(layout, 1, { source: { kind: "series", study: "1.2", series: "3-4" }, tilt: -20, turn: 7 });
  layout = withPane(layout, 2, { source: { kind: "job", job: "ab" }, slab: { kind: "max", mm: 12.5 } });
  layout = withPane(layout, 3, { source: { kind: "series", study: "1.2", series: "axial" } });
  expect(address(layoutQuery(layout))).toBe(
    "?panes=4&pane1=axial&pane2=series+1.2+3-4+coronal+tilt-20+turn7&pane3=job+ab+sagittal+max12.5&pane4=series+1.2+axial&link=off",
  );
  expect(back(layout)).toEqual(layout);
});

it("the planes that are looked at are in the address, but for those of the open series as it is stored", () => {
  const layout = withPane(THREE_PLANES, 3, { source: { kind: "job", job: "ab" } });
  const query = layoutQuery(layout, { 0: "at5", 2: "at65 zoom.2_-5_7.5", 3: "at1 window.-600_1500 turn.90" });
  expect(query).toMatchObject({ pane1: "axial at5", pane2: "coronal", pane3: "sagittal at65 zoom.2_-5_7.5" });
  expect(layoutOf(address(query)).panes.map(({ begin }) => begin)).toEqual([
    "at5",
    undefined,
    "at65 zoom.2_-5_7.5",
    "at1 window.-600_1500 turn.90",
  ]);
  expect(layoutOf("?pane1=axial+turn.90+tilt3").panes[0], "a picture that is turned is no oblique plane").toMatchObject(
    {
      turn: 0,
      tilt: 3,
      begin: "turn.90",
    },
  );
  expect(layoutQuery(PLAIN, { 0: "at5" })).toEqual({});
});

it("what an address says wrongly is as in a plain one", () => {
  expect(layoutOf("?panes=3&pane1=series+1.2&pane2=axial")).toEqual(PLAIN);
  expect(layoutOf("?pane1=axial+tilt999+max-3+turnx").panes[0]).toEqual({
    ...PLAIN.panes[0],
    plane: "axial",
    tilt: 90,
  });
});

it("window, inversion, zoom and frame are kept in the address, and come back from it", () => {
  const look = {
    window: { center: 40, width: 400 },
    auto: false,
    invert: true,
    view: { zoom: 2.5, x: -10, y: 4 },
    colours: "hot",
    smooth: false,
  } as const;
  expect(lookOf(address(lookQuery(look, 2)))).toEqual({ ...look, auto: undefined, frame: 2 });
  const first = {
    window: null,
    auto: false,
    invert: false,
    view: { zoom: null, x: 0, y: 0 },
    colours: "grey",
    smooth: true,
  } as const;
  expect(lookQuery(first, 0)).toEqual({});
  expect(lookOf(address(lookQuery({ ...first, auto: true, view: { zoom: null, x: 3, y: 0 } }, 0)))).toEqual({
    frame: 0,
    auto: true,
    view: { zoom: null, x: 3, y: 0 },
  });
  const turned = { ...first, view: { zoom: null, x: 0, y: 0, turn: 3, flip: true } } as const;
  expect(lookQuery(turned, 0)).toEqual({ turn: "270", flip: "1" });
  expect(lookOf(address(lookQuery(turned, 0)))).toEqual({ frame: 0, view: turned.view });
  expect(lookOf("?turn=45&flip=0&colours=rainbow")).toEqual({ frame: 0 });
  expect(lookOf("?window=40+-1&zoom=x+1+1&frame=-2")).toEqual({ frame: 0 });
  expect(lookOf("?zoom=9999+0+0")).toEqual({ frame: 0 });
});
