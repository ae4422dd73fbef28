// The brush of the timeline: bars that are dragged over become the period that is shown. Without
// this file the bars are links, and the form below them takes two days.
"use strict";

(() => {
  const CLICK = 6; // pixels: who moves less has clicked
  const picture = document.querySelector(".bars svg");
  const form = document.querySelector(".between");
  if (!picture || !form) return;

  const bars = [...picture.querySelectorAll("[data-first]")];
  const brush = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  brush.setAttribute("class", "brush");
  brush.setAttribute("height", "100");
  let began = null;
  let dragged = false;

  // The number of the bar under a place on the screen, the nearest where there is none.
  function under(x) {
    const box = picture.getBoundingClientRect();
    const number = Math.floor(((x - box.left) / box.width) * bars.length);
    return Math.min(Math.max(number, 0), bars.length - 1);
  }

  function span(x) {
    return [under(began), under(x)].sort((left, right) => left - right);
  }

  function end() {
    began = null;
    brush.remove();
  }

  picture.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    began = event.clientX;
    dragged = false;
  });

  addEventListener("pointermove", (event) => {
    if (began === null || (!dragged && Math.abs(event.clientX - began) < CLICK)) return;
    if (!dragged) picture.append(brush);
    dragged = true;
    const [first, last] = span(event.clientX);
    brush.setAttribute("x", 12 * first);
    brush.setAttribute("width", 12 * (last - first + 1));
  });

  addEventListener("pointerup", (event) => {
    if (began === null) return;
    const [first, last] = span(event.clientX);
    end();
    if (!dragged) return;
    form.elements.from.value = bars[first].dataset.first;
    form.elements.to.value = bars[last].dataset.last;
    form.requestSubmit();
  });

  addEventListener("pointercancel", end);
  picture.addEventListener("dragstart", (event) => event.preventDefault()); // bars are links
  picture.addEventListener("click", (event) => dragged && event.preventDefault());
})();
