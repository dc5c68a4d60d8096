// Single keys: to the search, to the desks, along the rows of a list, and the list of all of them. What there is to go to
// stands on the page; whoever switched the keys off is not given this file.

const ROWS = "main :is(tbody > tr, .hits > li, .timeline > li, .plain > li, .calm > li, .powers > li, .facets li)";
const PATIENCE = 1500; // ms between `g` and the letter
const TYPED = "input, textarea, select, [contenteditable], .cm-editor, [role=textbox], [role=combobox]";
const NOT_TYPED = "[type=checkbox], [type=radio], [type=button], [type=submit], [type=reset]";

let waiting = 0;

const typing = (element) => element.closest?.(TYPED) && !element.matches(NOT_TYPED);
const seen = (element) => element.checkVisibility({ visibilityProperty: true });
const ways = () => [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a[href]")).filter((way) => way && seen(way));
const here = (all) => all.findIndex((way) => way === document.activeElement || way.closest(ROWS)?.contains(document.activeElement));

function step(by) {
  const all = ways(), at = here(all);
  const next = all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by];
  next?.focus();
  return Boolean(next);
}

function search() {
  const field = document.getElementById("seek") || document.querySelector("main input[type=search]");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

function go(letter) {
  const way = [...document.querySelectorAll(".desks a[data-letter]")].find((one) => one.dataset.letter === letter);
  way?.click();
  return Boolean(way);
}

async function list() {
  let box = document.getElementById("keys-box");
  if (!box) {
    try {
      const answer = await fetch("/keys/", { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const listed = page.getElementById("keys-listed");
      if (!answer.ok || !listed) throw new Error("no list");
      listed.removeAttribute("id");
      listed.className = "";
      box = document.createElement("dialog");
      box.id = "keys-box";
      box.className = "keys-box";
      const heading = page.querySelector("h1");
      heading.id = "keys-box-title";
      box.setAttribute("aria-labelledby", heading.id);
      const close = document.createElement("form");
      close.method = "dialog";
      const button = document.createElement("button");
      button.className = "govuk-button govuk-button--secondary";
      button.autofocus = true;
      button.textContent = listed.dataset.close;
      close.append(button);
      box.append(heading, page.querySelector(".head__under"), listed, close);
      document.body.append(box);
    } catch {
      location.assign("/keys/");
      return;
    }
  }
  box.showModal();
}

function leave() {
  const active = document.activeElement;
  if (!active || active === document.body) return false;
  if (active.id !== "seek" && !active.matches("main input[type=search]") && here(ways()) < 0) return false;
  document.getElementById("work").focus({ preventScroll: true });
  return true;
}

const DOES = { "/": search, "?": () => { list(); return true; }, j: () => step(1), k: () => step(-1), Escape: leave };
const ALONG = { ArrowDown: 1, ArrowUp: -1 };

addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Shift" || document.querySelector("dialog[open]")) return;
  const second = Date.now() - waiting < PATIENCE;
  waiting = 0;
  if (typing(event.target) && !(event.key === "Escape" && event.target.matches("[type=search]"))) return;
  let done = false;
  if (second) done = go(event.key);
  else if (event.key === "g") { waiting = Date.now(); done = true; }
  else if (event.key in ALONG) done = here(ways()) >= 0 && step(ALONG[event.key]);
  else done = DOES[event.key]?.() ?? false;
  if (done) event.preventDefault();
});
