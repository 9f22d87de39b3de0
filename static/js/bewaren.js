// Forms that save while somebody types (data-bewaart). Nothing typed is lost by going on to another page:
// a link waits until the last letters are saved, and closing the window asks first.
(() => {
  "use strict";
  // Form -> how often it was typed in; saved once an answer came for the last time.
  const dirty = new Map();
  let goal = null;

  const form = (event) => event.target.closest && event.target.closest("form[data-bewaart]");

  document.addEventListener("input", (event) => {
    if (form(event)) {
      dirty.set(form(event), (dirty.get(form(event)) || 0) + 1);
    }
  });

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (form(event)) {
      event.detail.xhr.typed = dirty.get(form(event)) || 0;
    }
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const saved = form(event);
    if (!saved) {
      return;
    }
    if (!event.detail.successful || event.detail.xhr.signedOut || saved.querySelector(".utrecht-alert--error")) {
      goal = null;
      return;
    }
    if (event.detail.xhr.typed === (dirty.get(saved) || 0)) {
      dirty.delete(saved);
    }
    if (goal && dirty.size === 0) {
      location.assign(goal);
    }
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.target || link.hasAttribute("hx-get") || link.hash && link.pathname === location.pathname) {
      return;
    }
    if (dirty.size) {
      event.preventDefault();
      goal = link.href;
      for (const one of dirty.keys()) {
        window.htmx.trigger(one, "submit");
      }
    }
  });

  // Signed in again (sessie.js): what could not be saved in between is saved now.
  document.addEventListener("sessie:terug", () => {
    for (const one of dirty.keys()) {
      window.htmx.trigger(one, "submit");
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty.size && !goal) {
      event.preventDefault();
    }
  });
})();
