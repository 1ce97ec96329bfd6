// Security keys: the browser talks to the key, the form carries its answer.

const MISSING = "Ce navigateur ne sait pas utiliser de clé. Choisissez une application, ou un autre navigateur.";
const REFUSED = "La clé n’a pas répondu, ou vous avez renoncé. Vous pouvez recommencer.";

for (const form of document.querySelectorAll("form[data-key]")) {
  const trouble = form.querySelector("[data-key-error]");
  const say = (text) => {
    trouble.textContent = text;
    trouble.hidden = !text;
  };
  form.addEventListener("submit", async (event) => {
    const answer = form.querySelector("[name=credential]");
    if (answer.value) return;
    event.preventDefault();
    say("");
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return say(MISSING);
    const { publicKey } = JSON.parse(form.dataset.options);
    try {
      const credential =
        form.dataset.key === "create"
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey),
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey),
            });
      answer.value = JSON.stringify(credential);
    } catch {
      return say(REFUSED);
    }
    form.requestSubmit();
  });
}
