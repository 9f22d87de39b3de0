// The little that pages need besides htmx. Everything works without it; it adds:
// - a clear word when something could not be saved (the text stays on the screen);
// - no second submit while the first is under way;
// - the focus where the reader expects it after a part of the page was replaced;
// - a button that shows a password.
(() => {
  "use strict";
  document.documentElement.classList.add("js");

  // After this long a form may be sent again, even if no answer came (the server handles doubles).
  const BUSY_MS = 15000;
  let unsaved = false;

  const place = () => document.getElementById("meldingen");

  function say(kind) {
    const text = document.getElementById(`melding-${kind}`);
    if (text && place()) {
      place().replaceChildren(text.content.cloneNode(true));
    }
  }

  // Not saved -----------------------------------------------------------------
  function failed(kind, event) {
    const verb = event.detail.requestConfig ? event.detail.requestConfig.verb : "get";
    unsaved = verb !== "get" || unsaved;
    say(kind);
  }

  document.addEventListener("htmx:sendError", (event) => failed("verbinding", event));
  document.addEventListener("htmx:timeout", (event) => failed("verbinding", event));
  document.addEventListener("htmx:responseError", (event) => {
    const code = event.detail.xhr.status;
    failed(code === 413 ? "te-groot" : code >= 400 && code < 500 ? "toegang" : "fout", event);
  });

  // A session that ended answers with the login page. Putting that in the middle of this page would
  // take away what was typed, so it is not put there.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const login = document.body.dataset.inloggen;
    const answered = event.detail.xhr.responseURL;
    if (login && answered && new URL(answered).pathname === login && location.pathname !== login) {
      event.detail.shouldSwap = false;
      event.detail.xhr.signedOut = true;
      failed("uitgelogd", event);
    }
  });

  document.addEventListener("htmx:afterOnLoad", (event) => {
    const login = document.body.dataset.inloggen;
    const stillIn = new URL(event.detail.xhr.responseURL || location.href).pathname !== login;
    if (event.detail.xhr.status < 400 && stillIn) {
      unsaved = false;
      if (place()) {
        place().replaceChildren();
      }
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (unsaved) {
      event.preventDefault();
    }
  });

  // One submit at a time ---------------------------------------------------------
  function busy(form, on) {
    if (on) {
      form.dataset.bezig = "";
      setTimeout(() => busy(form, false), BUSY_MS);
    } else {
      delete form.dataset.bezig;
    }
    for (const button of form.querySelectorAll("button:not([type=button])")) {
      button.classList.toggle("nl-button--busy", on);
      button.setAttribute("aria-disabled", String(on));
    }
  }

  // In the capture phase: before htmx sees the event.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.dataset.bezig !== undefined) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      unsaved = false;
      // After this turn, so that the button that was pressed is still part of what is sent.
      setTimeout(() => busy(form, true), 0);
    },
    true,
  );

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (form) {
      // The submit above marks the form in a later turn; a very quick answer must come after that.
      setTimeout(() => busy(form, false), 0);
    }
  });

  // Back in the browser shows the page as it was left.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-bezig]")) {
      busy(form, false);
    }
  });

  // Focus ----------------------------------------------------------------------
  function focusOn(element) {
    if (!element.matches("a, button, input, select, textarea, summary, [tabindex]")) {
      element.setAttribute("tabindex", "-1");
    }
    element.focus();
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const wanted = part.matches("[data-focus]") ? part : part.querySelector("[data-focus]");
    if (wanted) {
      focusOn(wanted);
    } else if (document.activeElement === document.body && part.isConnected) {
      // What had the focus is gone: go on from the part that took its place.
      focusOn(part);
    }
  });

  const first = document.querySelector("[data-focus]");
  if (first) {
    focusOn(first);
  }

  // Show a password --------------------------------------------------------------
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toon]");
    if (button) {
      const field = document.getElementById(button.dataset.toon);
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
    }
  });
})();
