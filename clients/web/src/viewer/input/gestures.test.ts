import { expect, test } from "vitest";
import type { Frame } from "../../imaging/frame";
import { createModel } from "../state/model";
import { attach } from "./gestures";
import { stepOf } from "./step";

/** An element without a page, and events of pointers on it. */
function surface(count: number, height = 300, frame: Frame | null = null) {
  const element = Object.assign(new EventTarget(), {
    focus() {},
    setPointerCapture() {},
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
  });
  const model = createModel();
  const detach = attach(element as unknown as HTMLElement, {
    model,
    frame: () => frame,
    shownWindow: () => ({ center: 0, width: 100 }),
    valueRange: () => 100,
    count: () => count,
    area: () => ({ width: 400, height }),
  });
  const send = (type: string, y: number) =>
    element.dispatchEvent(Object.assign(new Event(type), { pointerId: 1, button: 0, clientX: 50, clientY: y }));
  return { model, send, detach };
}

test("the scroll tool goes through the stack with the drag and back, and stops at its ends", () => {
  const { model, send } = surface(20);
  const step = stepOf(300, 20);
  model.set({ tool: "scroll", index: 3 });
  send("pointerdown", 100);
  send("pointermove", 100 + 4 * step);
  expect(model.get().index).toBe(7);
  send("pointermove", 100 - 1 * step);
  expect(model.get().index).toBe(2);
  send("pointermove", -900);
  expect(model.get().index).toBe(0);
  send("pointermove", 1900);
  expect(model.get().index).toBe(19);
  send("pointerup", 1900);
  send("pointermove", 0);
  expect(model.get().index, "the drag has ended").toBe(19);
});

test("a drag over the area's height passes a whole stack if there is room for a step of two pixels", () => {
  expect(stepOf(300, 100) * 100).toBe(300);
  expect(stepOf(300, 4)).toBe(24);
  expect(stepOf(300, 2000)).toBe(2);
});

test("the window tool leaves the stack where it is, and a detached element changes nothing", () => {
  const { model, send, detach } = surface(20);
  send("pointerdown", 100);
  send("pointermove", 150);
  expect(model.get().index).toBe(0);
  expect(model.get().window).not.toBeNull();
  detach();
  model.set({ tool: "scroll" });
  send("pointerdown", 100);
  send("pointermove", 290);
  expect(model.get().index).toBe(0);
});

test("a pointer that the browser takes away ends no measurement and drags nothing on", () => {
  const { model, send } = surface(20, 300, { rows: 40, columns: 40, geometry: { spacing: null } } as unknown as Frame);
  const draw = (end: string) => {
    model.set({ tool: "rectangle" });
    send("pointerdown", 100);
    send("pointermove", 150);
    send(end, 150);
  };
  draw("pointercancel");
  expect(model.get()).toMatchObject({ measurements: [], pending: null });
  draw("pointerup");
  expect(model.get().measurements).toHaveLength(1);
});
