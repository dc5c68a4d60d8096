// A draft that was closed while somebody had text that was never saved: it is shown, so that it can be taken along.
import { Keeping } from "./keeping.js";
import { made } from "./page.js";
import { say } from "./words.js";

export async function leftovers(form) {
  const keeping = new Keeping(form);
  for (const [name, entry] of await keeping.left()) shown(form, keeping, name, entry, say("left-closed", entry));
}

export function shown(form, keeping, name, entry, why) {
  const field = made("textarea", { class: "govuk-textarea", rows: "8", readonly: "", id: `left-${name.slice(-8)}` });
  field.value = entry.text;
  const away = made("button", { type: "button", class: "govuk-button govuk-button--secondary" }, say("forget"));
  const box = made("div", { class: "notice notice--wary" },
    made("p", {}, why),
    made("label", { class: "govuk-label", for: field.id }, say("left")), field, away);
  away.addEventListener("click", () => { keeping.drop(name); box.remove(); });
  form.before(box);
}
