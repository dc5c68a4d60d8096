// A draft that was closed while somebody had text that was never saved: it is shown, so that it can be taken along.
import { Keeping } from "./keeping.js";
import { made } from "./page.js";

export async function leftovers(form) {
  const keeping = new Keeping(form);
  for (const [name, entry] of await keeping.left()) shown(form, keeping, name, entry, "The draft was closed before this was saved.");
}

export function shown(form, keeping, name, entry, why) {
  const field = made("textarea", { class: "govuk-textarea", rows: "8", readonly: "", id: `left-${name.slice(-8)}` });
  field.value = entry.text;
  const away = made("button", { type: "button", class: "govuk-button govuk-button--secondary" }, "I have taken it along: forget it");
  const box = made("div", { class: "notice notice--wary" },
    made("p", {}, `${why} It is what you wrote in ${entry.file}, kept in this browser.`),
    made("label", { class: "govuk-label", for: field.id }, "Text that was not saved"), field, away);
  away.addEventListener("click", () => { keeping.drop(name); box.remove(); });
  form.before(box);
}
