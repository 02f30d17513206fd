// What is too small for a finger: controls of less than 44 px, except links within a text (WCAG 2.5.5).

export const smallTargets = (page) =>
  page.evaluate(() => {
    const found = [];
    for (const one of document.querySelectorAll("button, a[href], input, select, summary")) {
      const style = getComputedStyle(one);
      if (style.visibility === "hidden" || one.closest(".skip, p, [aria-hidden=true]")) continue;
      // A slider is moved by its thumb, whose size the style sheet gives.
      if (one.closest(".mantine-Slider-root")) continue;
      // A label is part of its control; a hidden input is reached by it.
      const label = one.labels?.[0];
      const boxes = [one, label, one.closest(".mantine-Checkbox-root, .mantine-Switch-root")];
      const sizes = boxes.filter(Boolean).map((part) => part.getBoundingClientRect());
      const [height, width] = [Math.max(...sizes.map((box) => box.height)), Math.max(...sizes.map((box) => box.width))];
      if (width < 2 || height < 2) continue;
      const name = one.getAttribute("aria-label") ?? one.textContent.trim() ?? "";
      if (height < 43.5 || width < 43.5)
        found.push(`${one.tagName.toLowerCase()} “${name.slice(0, 30)}” ${Math.round(width)} x ${Math.round(height)}`);
    }
    return [...new Set(found)];
  });
