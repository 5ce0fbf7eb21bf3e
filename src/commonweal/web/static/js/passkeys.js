// Passkeys: forms marked data-passkey ask the browser, and send its answer. Without script, or in
// a browser without passkeys, these forms stay hidden and a code by mail does the same.
"use strict";

(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  const withBytes = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  const plain = (value) => {
    if (value instanceof ArrayBuffer) return toText(value);
    if (ArrayBuffer.isView(value)) return toText(value.buffer);
    return value;
  };

  const answer = (credential, names) => ({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(
      names
        .filter((name) => credential.response[name])
        .map((name) => [name, plain(credential.response[name])])
    ),
  });

  const make = async ({ publicKey }) => {
    const options = {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      user: { ...publicKey.user, id: toBytes(publicKey.user.id) },
      excludeCredentials: withBytes(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    };
    const credential = await navigator.credentials.create({ publicKey: options });
    return answer(credential, ["clientDataJSON", "attestationObject"]);
  };

  const use = async ({ publicKey }) => {
    const options = {
      ...publicKey,
      challenge: toBytes(publicKey.challenge),
      allowCredentials: withBytes(publicKey.allowCredentials),
    };
    const credential = await navigator.credentials.get({ publicKey: options });
    return answer(credential, ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
  };

  const optionsFor = async (form) => {
    const kept = form.querySelector("script[type='application/json']");
    if (kept) return JSON.parse(kept.textContent);
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    return response.json();
  };

  const ask = async (form) => {
    const options = await optionsFor(form);
    const credential = options.creation_options
      ? await make(options.creation_options)
      : await use(options.request_options);
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = form.querySelector("[role='status']");
      said.hidden = true;
      ask(form).catch(() => {
        said.hidden = false;
      });
    });
  }
})();
