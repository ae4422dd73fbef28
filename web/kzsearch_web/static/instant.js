// Results as you type, where results stand already: after a pause the list is replaced by that of
// what stands in the box, and the address with it. Without this file Enter does the same.
"use strict";

(() => {
  const WAIT = 350; // milliseconds: longer than between two keys
  const input = document.getElementById("q");
  if (!input || !document.body.classList.contains("results")) return;

  let timer = 0;
  let request = new AbortController();
  let shown = input.value.trim();
  let told = null;

  // A live region is heard only if it was there before its words: it is made with the first key.
  function listen() {
    if (told) return;
    document.querySelector(".total")?.removeAttribute("role");
    told = document.createElement("p");
    told.className = "unseen";
    told.setAttribute("role", "status");
    document.body.append(told);
  }

  function address() {
    const form = new URLSearchParams();
    for (const [name, value] of new FormData(input.form)) form.append(name, value.trim());
    return `${input.form.action}?${form}`;
  }

  // What of the page depends on the search: all but the box and what it holds.
  function replace(page) {
    page.querySelector(".total")?.removeAttribute("role");
    const open = document.querySelector(".filters")?.open;
    for (const part of ["main", ".bottom", ".languages"]) {
      document.querySelector(part)?.replaceWith(page.querySelector(part)); // there may be one language
    }
    for (const link of document.querySelectorAll("head link[rel=alternate]")) link.remove();
    document.head.append(...page.querySelectorAll("head link[rel=alternate]"));
    document.title = page.title;
    const filters = document.querySelector(".filters");
    if (filters) filters.open = open ?? false;
    told.textContent = document.querySelector(".total").textContent;
  }

  async function ask() {
    const query = input.value.trim();
    if (!query || query === shown) return;
    request = new AbortController();
    const { signal } = request;
    const place = address();
    try {
      const response = await fetch(`${place}&fragment=1`, { signal });
      const html = await response.text();
      if (signal.aborted || !response.ok) return;
      replace(new DOMParser().parseFromString(html, "text/html"));
      history.replaceState(null, "", place);
      shown = query;
    } catch {
      // no network, or taken back: what is shown stays, and Enter says what is wrong
    }
  }

  function stop() {
    clearTimeout(timer);
    request.abort();
  }

  input.addEventListener("input", () => {
    listen();
    stop();
    timer = setTimeout(ask, WAIT);
  });
  input.form.addEventListener("submit", stop);
})();
