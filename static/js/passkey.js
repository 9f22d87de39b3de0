// Signing in with finger, face or key: connects our buttons to allauth's script, and says what went wrong in our words.
(() => {
  "use strict";
  const place = document.getElementById("passkey-melding");

  function say(kind) {
    place.replaceChildren(document.getElementById(`passkey-${kind}`).content.cloneNode(true));
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    say("mislukt");
  });

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const button = document.getElementById("passkey-knop");
    if (!window.PublicKeyCredential) {
      button.addEventListener("click", () => say("kan-niet"));
      continue;
    }
    const ids = { credential: "passkey-antwoord", passwordless: "passkey-alleen" };
    if (document.getElementById("passkey-opties")) {
      ids.data = "passkey-opties";
    }
    for (const name of ["add", "authenticate", "login"]) {
      ids[name] = button.id;
    }
    window.allauth.webauthn.forms[form.dataset.passkey]({ ids });
  }
})();
