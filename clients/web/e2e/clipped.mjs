// What does not fit on a page: wider than the window, or a control whose words are cut off.

export const clipped = (page) =>
  page.evaluate(() => {
    const found = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    const main = document.getElementById("main");
    const wide = Math.max(scrollWidth - clientWidth, main.scrollWidth - main.clientWidth);
    if (wide > 0) found.push(`the page is ${wide} px wider than the window`);
    const words = "button, label, legend, th, h1, h2, h3, summary, .mantine-Badge-root, .mantine-Button-label";
    for (const one of document.querySelectorAll(words)) {
      const style = getComputedStyle(one);
      // What is as small as a dot is meant for screen readers alone.
      if (one.clientWidth < 4 || style.visibility === "hidden" || style.overflowX === "visible") continue;
      const cut = one.scrollWidth - one.clientWidth;
      if (cut > 1) found.push(`${one.tagName.toLowerCase()} “${one.textContent.trim().slice(0, 40)}” lacks ${cut} px`);
    }
    const pen = document.createElement("canvas").getContext("2d");
    for (const one of document.querySelectorAll("input[placeholder]:placeholder-shown")) {
      const style = getComputedStyle(one);
      pen.font = style.font;
      const room = one.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      const cut = Math.round(pen.measureText(one.placeholder).width - room);
      if (room > 0 && cut > 1) found.push(`the placeholder “${one.placeholder.slice(0, 40)}” lacks ${cut} px`);
    }
    return [...new Set(found)];
  });
