// Uses and makes passkeys. What the browser answers goes into the form of the page, which is then sent like any other.
(() => {
  const decode = (text) => {
    const base64 = text.replaceAll('-', '+').replaceAll('_', '/');
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  };
  const encode = (buffer) => {
    const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte));
    return btoa(letters.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  };

  const decodeIds = (list) => list.map((credential) => ({ ...credential, id: decode(credential.id) }));

  const readOptions = (form) => {
    const options = JSON.parse(form.dataset.options);
    options.challenge = decode(options.challenge);
    if (options.user) options.user.id = decode(options.user.id);
    if (options.allowCredentials) options.allowCredentials = decodeIds(options.allowCredentials);
    if (options.excludeCredentials) options.excludeCredentials = decodeIds(options.excludeCredentials);
    return options;
  };

  const fieldsOf = ({ rawId, response }) =>
    response.attestationObject
      ? {
          clientData: encode(response.clientDataJSON),
          attestation: encode(response.attestationObject),
          transports: (response.getTransports?.() ?? []).join(','),
        }
      : {
          credentialId: encode(rawId),
          clientData: encode(response.clientDataJSON),
          authenticatorData: encode(response.authenticatorData),
          signature: encode(response.signature),
          userHandle: response.userHandle ? encode(response.userHandle) : '',
        };

  const send = (form, credential) => {
    for (const [name, value] of Object.entries(fieldsOf(credential))) {
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name, value });
      form.append(field);
    }
    form.submit();
  };

  /** What the browser is doing; a second question has to wait until the first is withdrawn. */
  let pending = new AbortController();

  const ask = (form, more = {}) => {
    pending.abort();
    pending = new AbortController();
    const request = { publicKey: readOptions(form), signal: pending.signal, ...more };
    return form.dataset.passkey === 'create' ? navigator.credentials.create(request) : navigator.credentials.get(request);
  };

  /** Offers passkeys in the field for the username. That nobody takes one is no failure. */
  const offer = async (form) => {
    const isPossible = await PublicKeyCredential.isConditionalMediationAvailable?.();
    if (!isPossible) return;
    const credential = await ask(form, { mediation: 'conditional' }).catch(() => undefined);
    if (credential) send(form, credential);
  };

  const onSubmit = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    const [alert, button] = [form.querySelector('[role=alert]'), form.querySelector('button')];
    alert.hidden = true;
    button.disabled = true;
    try {
      send(form, await ask(form));
    } catch {
      // The person declined, or had none: browsers do not say which.
      alert.hidden = false;
      button.disabled = false;
      button.focus();
    }
  };

  for (const form of document.querySelectorAll('form[data-passkey]')) {
    if (!window.PublicKeyCredential) {
      form.querySelector('[data-unsupported]')?.removeAttribute('hidden');
      continue;
    }
    form.querySelector('button').hidden = false;
    form.addEventListener('submit', onSubmit);
    if ('autofill' in form.dataset) offer(form);
  }
})();
