// Completes the query while it is being typed: the combobox pattern of the WAI-ARIA practices,
// a list that shows by itself and of which nothing is chosen unasked. Without this file the box
// is a plain box.
"use strict";

(() => {
  const WAIT = 80; // milliseconds: quick typing asks once
  const input = document.getElementById("q");
  const list = document.getElementById("completions");
  if (!input || !list) return;

  let typed = input.value; // what the reader wrote, while an option stands in the box
  let active = -1;
  let timer = 0;
  let request = new AbortController();

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  function close() {
    clearTimeout(timer);
    request.abort();
    hide();
  }

  function hide() {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function element(name, className, text) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function option(completion, number) {
    const made = element("li", "completion", "");
    const text = element("span", "text", "");
    const letters = [...completion.text]; // offsets count code points
    text.dir = "auto";
    text.append(
      letters.slice(0, completion.typed).join(""),
      element("b", "added", letters.slice(completion.typed).join("")),
    );
    const count = element("span", "count", completion.articles.toLocaleString(document.documentElement.lang));
    count.setAttribute("aria-hidden", "true");
    made.append(text, count);
    made.id = `completion-${number}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset.text = completion.text;
    return made;
  }

  function show(completions) {
    hide();
    if (!completions.length || document.activeElement !== input) return;
    list.replaceChildren(...completions.map(option));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  async function ask() {
    request.abort();
    request = new AbortController();
    const { signal } = request;
    const address = `${input.dataset.completions}?q=${encodeURIComponent(typed)}`;
    try {
      const response = await fetch(address, { signal });
      const { completions = [] } = await response.json();
      if (!signal.aborted) show(completions);
    } catch {
      if (!signal.aborted) hide(); // no network: the box works without an answer
    }
  }

  // Beyond either end the reader's own words stand in the box again.
  function move(step) {
    const options = list.children;
    options[active]?.setAttribute("aria-selected", "false");
    active += step;
    if (active < -1) active = options.length - 1;
    if (active >= options.length) active = -1;
    const chosen = options[active];
    chosen?.setAttribute("aria-selected", "true");
    chosen?.scrollIntoView({ block: "nearest" });
    input.value = chosen ? chosen.dataset.text : typed;
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
  }

  input.addEventListener("input", () => {
    typed = input.value;
    clearTimeout(timer);
    request.abort();
    if (typed.trim()) timer = setTimeout(ask, WAIT);
    else close();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!list.hidden) move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "ArrowDown" && typed.trim()) ask();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first one closes the list, only the next one empties the box
      input.value = typed;
      close();
    }
  });

  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);

  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps focus
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (!chosen) return;
    input.value = typed = chosen.dataset.text;
    input.form.requestSubmit();
  });
})();
