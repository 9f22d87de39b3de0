// A session ends after a while without anything done. This warns before that, gives more time, and covers the page
// afterwards: what was typed stays in it and can be saved after signing in again. The server decides; all tabs of
// this browser tell each other when there is more time (never anything else).
(() => {
  "use strict";
  const warning = document.getElementById("sessie-waarschuwing");
  const cover = document.getElementById("sessie-einde");
  if (!warning || !cover || !warning.showModal) {
    return;
  }
  const { adres, wie } = warning.dataset;
  const full = Number(warning.dataset.seconden) * 1000;
  // Two minutes, or half of a session that is shorter than four.
  const WARN_MS = Math.min(120000, full / 2);
  // Typing counts, but the server need not hear of every letter.
  const TELL_MS = Math.min(60000, full / 4);
  const tabs = new BroadcastChannel("sessie");

  let last = Date.now() + Number(warning.dataset.hoogstens) * 1000;
  let end = Math.min(Date.now() + full, last);
  let told = Date.now();
  let title = document.title;

  const part = (dialog, name) => dialog.querySelector(`.hr-sessie__${name}`);
  const say = (dialog, place, text) => part(dialog, place).replaceChildren(part(dialog, text).content.cloneNode(true));

  // The server -------------------------------------------------------------------
  function newToken(token) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
    for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
      field.value = token;
    }
  }

  // Out: the answer of the server; null when there is none.
  async function ask(method) {
    const token = warning.querySelector("input[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(adres, { method, headers: { "X-CSRFToken": token }, cache: "no-store" });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  function follow(answer) {
    if (answer.seconden === 0 || String(answer.wie) !== wie) {
      close();
      if (answer.seconden > 0) {
        say(cover, "stand", "ander");
      }
      return;
    }
    last = Date.now() + answer.hoogstens * 1000;
    newToken(answer.csrf);
    until(Date.now() + answer.seconden * 1000);
    open();
  }

  // In: whether this is to stay signed in, or only a question. Out: whether an answer came.
  async function check(stay) {
    // A form token of before signing in again is refused; the question brings the one of now.
    const answer = (stay && (await ask("POST"))) || (await ask("GET"));
    if (answer) {
      follow(answer);
    }
    return Boolean(answer);
  }

  async function stay() {
    told = Date.now();
    const answered = await check(true);
    if (answered && !cover.open) {
      tabs.postMessage({ einde: end });
    }
    return answered;
  }

  // What the page shows ----------------------------------------------------------
  function until(moment) {
    end = Math.min(moment, last);
    if (warning.open && end - Date.now() > WARN_MS) {
      warning.close();
    }
  }

  function warn() {
    const at_last = last - Date.now() <= WARN_MS;
    part(warning, "rust").hidden = at_last;
    part(warning, "lang").hidden = !at_last;
    part(warning, "blijf").hidden = at_last;
    part(warning, "mislukt").replaceChildren();
    const time = new Date(end);
    part(warning, "tijd").textContent = `${time.getHours()}.${String(time.getMinutes()).padStart(2, "0")}`;
    warning.showModal();
  }

  function close() {
    if (cover.open) {
      return;
    }
    title = document.title;
    document.title = cover.dataset.titel;
    document.documentElement.classList.add("hr-afgedekt");
    part(cover, "stand").replaceChildren();
    if (warning.open) {
      warning.close();
    }
    cover.showModal();
  }

  function open() {
    if (!cover.open) {
      return;
    }
    cover.close();
    document.documentElement.classList.remove("hr-afgedekt");
    document.title = title;
    const place = document.getElementById("meldingen");
    if (place) {
      place.replaceChildren(document.getElementById("melding-terug").content.cloneNode(true));
    }
    document.dispatchEvent(new CustomEvent("sessie:terug"));
  }

  // The clock --------------------------------------------------------------------
  // It compares with the time of day: timers stand still while a computer sleeps.
  setInterval(() => {
    const left = end - Date.now();
    if (cover.open) {
      return;
    }
    if (left <= 0) {
      close();
      check(false);
    } else if (left <= WARN_MS && !warning.open) {
      warn();
    }
  }, 1000);

  // What counts as doing something -------------------------------------------------
  function active(event) {
    if (!warning.open && !cover.open && Date.now() - told > TELL_MS && event.isTrusted) {
      stay();
    }
  }

  for (const kind of ["input", "keydown", "click"]) {
    document.addEventListener(kind, active);
  }

  // Every answer to this page gave the session its full time; the login page in its place says that it is gone.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.signedOut) {
      check(false);
    }
  });
  document.addEventListener("htmx:afterOnLoad", (event) => {
    if (event.detail.xhr.status < 400 && !event.detail.xhr.signedOut && !cover.open) {
      told = Date.now();
      until(told + full);
      tabs.postMessage({ einde: end });
    }
  });

  // The other tabs -----------------------------------------------------------------
  tabs.addEventListener("message", (event) => {
    if (cover.open || event.data.uit) {
      // Somebody may have signed out there, or in again, perhaps somebody else: the server knows.
      setTimeout(() => check(false), event.data.uit ? 1500 : 0);
    } else {
      until(event.data.einde);
    }
  });
  tabs.postMessage({ einde: end });

  document.addEventListener("submit", (event) => {
    if (event.target.action.endsWith("/uitloggen/")) {
      tabs.postMessage({ uit: true });
    }
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      check(false);
    }
  });
  window.addEventListener("focus", () => cover.open && check(false));
  window.addEventListener("pageshow", (event) => event.persisted && check(false));

  // The buttons --------------------------------------------------------------------
  async function keepIn() {
    if (!(await stay())) {
      say(warning, "mislukt", "geen-antwoord");
    }
  }

  part(warning, "blijf").addEventListener("click", keepIn);
  warning.addEventListener("cancel", (event) => {
    event.preventDefault();
    keepIn();
  });
  // The cover stays until the server says that this same person is back.
  cover.addEventListener("cancel", (event) => event.preventDefault());
  part(cover, "verder").addEventListener("click", async () => {
    const answered = await check(false);
    if (cover.open && !part(cover, "stand").querySelector("a")) {
      say(cover, "stand", answered ? "nog-niet" : "geen-antwoord");
    }
  });
})();
