// Parts of the page around the editor.
import { say } from "./words.js";

export function made(name, attributes = {}, ...within) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.append(...within);
  return one;
}

// The little Markdown of the compiler's help: paragraphs, lists, bold and code. Everything else is text.
export function told(markdown) {
  const box = made("div", { class: "cm-told" });
  let list = null;
  for (const line of markdown.split("\n")) {
    const item = /^\s*[-*] (.*)/.exec(line);
    if (item) {
      if (!list) box.append((list = made("ul")));
      list.append(made("li", {}, ...inline(item[1])));
    } else {
      list = null;
      if (/^\s*(```|---)/.test(line)) continue;
      if (line.trim()) box.append(made("p", {}, ...inline(line.replace(/^#+ /, ""))));
    }
  }
  return box;
}

export function inline(text) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).filter(Boolean).map((part) => {
    if (part.startsWith("**")) return made("strong", {}, part.slice(2, -2));
    if (part.startsWith("`")) return made("code", {}, part.slice(1, -1));
    return part;
  });
}

const LOUD = new Set(["offline", "unkept", "signed-out", "busy", "refused", "clash"]);

// Whether it is saved is always seen; it is read out only where something is amiss, or is well again.
export class Status {
  constructor(bar) {
    this.shown = made("span", { class: "status status--saved", id: "status" });
    this.heard = made("span", { class: "govuk-visually-hidden", role: "status" });
    this.loud = false;
    bar.prepend(this.shown, this.heard);
  }

  say(kind, number = 0, why = "") {
    const text = say(kind === "saved" && !number ? "unchanged" : kind, { number, why });
    if (this.shown.textContent === text) return;
    this.shown.textContent = text;
    this.shown.className = `status status--${kind}`;
    const loud = LOUD.has(kind);
    if (loud || (this.loud && kind === "saved")) this.heard.textContent = text;
    if (kind !== "saving" && kind !== "typing") this.loud = loud;
  }
}

export function notice(form, text, href = "", words = "") {
  const close = made("button", { type: "button", class: "linklike" }, say("close"));
  const box = made("div", { class: "notice", role: "status" }, made("p", {}, text, " ", ...(href ? [made("a", { href }, words), " "] : []), close));
  close.addEventListener("click", () => box.remove());
  form.before(box);
}

// The provisions of the text as headings stand in it now.
export function outline(doc) {
  const found = [];
  let fence = "";
  for (let at = 1; at <= doc.lines; at++) {
    const line = doc.line(at);
    const mark = /^(```+|~~~+)/.exec(line.text);
    if (mark) fence = fence ? (line.text.startsWith(fence) ? "" : fence) : mark[1];
    const head = fence ? null : /^(#{1,6}) +(.*)/.exec(line.text);
    if (head) found.push({ level: head[1].length, title: head[2].trim() || say("untitled"), line: at, from: line.from });
  }
  return found;
}
