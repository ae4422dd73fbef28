// The page works without this file; it only adds the key "/" to go to the search box.
"use strict";

const box = document.getElementById("q");
if (box) {
  box.setAttribute("aria-keyshortcuts", "/");
  document.addEventListener("keydown", (event) => {
    // A Cyrillic layout has another letter on the key that says "/".
    const slash = event.key === "/" || event.code === "Slash";
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (!slash || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
