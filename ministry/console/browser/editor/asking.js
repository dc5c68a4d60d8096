// What the compiler says while one types: problems with their ways out, names that may stand here, what a name is.
import { autocompletion, snippetCompletion } from "@codemirror/autocomplete";
import { linter, lintGutter } from "@codemirror/lint";
import { hoverTooltip } from "@codemirror/view";
import { inline, made, told } from "./page.js";
import { say } from "./words.js";

const PAUSE = 80; // milliseconds without a key

export function offset(doc, place) {
  const line = doc.line(Math.min(Math.max(place.line + 1, 1), doc.lines));
  return Math.min(line.from + place.column, line.to);
}

const whole = (state, file, pos = 0) => {
  const line = state.doc.lineAt(pos);
  return { file, text: state.doc.toString(), line: line.number - 1, column: pos - line.from };
};

export const problems = (server, file, tell) => [
  lintGutter(),
  linter(async (view) => {
    const doc = view.state.doc;
    let found;
    try { found = await server.ask("diagnostics", whole(view.state, file)); } catch { return tell(null) || []; }
    tell(found);
    return found.problems.map((one) => ({
      from: offset(doc, one.from),
      to: Math.max(offset(doc, one.to), offset(doc, one.from)),
      severity: one.severity === "error" ? "error" : one.severity === "warning" ? "warning" : "info",
      source: one.code,
      message: one.help ? `${one.message}\n${one.help}` : one.message,
      actions: one.fixes.map((fix) => ({ name: fix.title, apply: (at) => mend(at, fix) })),
    }));
  }, { delay: PAUSE }),
];

export function mend(view, fix) {
  const doc = view.state.doc;
  view.dispatch({ changes: fix.edits.map((one) => ({ from: offset(doc, one.from), to: offset(doc, one.to), insert: one.text })), userEvent: "input.fix" });
  view.focus();
}

const SORTS = { keyword: "keyword", key: "property", value: "enum", act: "function", office: "class", body: "class", person: "class", kind: "type", norm: "text" };

export const names = (server, file) => autocompletion({
  override: [async (context) => {
    const word = context.matchBefore(/[\w.-]+/);
    if (!word && !context.explicit) return null;
    let found;
    try { found = await server.ask("completion", whole(context.state, file, context.pos)); } catch { return null; }
    if (!found.offers.length || context.aborted) return null;
    return {
      from: offset(context.state.doc, found.from),
      options: found.offers.map((one, at) => {
        const option = { label: one.label, detail: one.detail.slice(0, 80), type: SORTS[one.sort] || "text", boost: -at / 4, info: one.documentation ? () => told(one.documentation) : undefined };
        return one.snippet ? snippetCompletion(one.insert, option) : { ...option, apply: one.insert };
      }),
      validFor: found.whole ? /^[\w-]*$/ : undefined,
    };
  }],
});

export const said = (server, file) => hoverTooltip(async (view, pos) => {
  const doc = view.state.doc;
  let found;
  try { found = await server.ask("hover", whole(view.state, file, pos)); } catch { return null; }
  if (!found.markdown || view.state.doc !== doc) return null;
  return { pos: offset(doc, found.from), end: offset(doc, found.to), above: true, create: () => ({ dom: told(found.markdown) }) };
}, { hoverTime: 350 });

// The list below the text: of this file with a button that leads there, of the others with a link.
export function listed(box, found, go, home, take) {
  if (!found) return;
  const rows = [];
  for (const one of found.problems) {
    const way = made("button", { type: "button", class: "linklike" }, say("line", one));
    way.addEventListener("click", () => go(one.from));
    const ways = one.fixes.map((fix) => {
      const mends = made("button", { type: "button", class: "linklike problem__way" }, ...inline(fix.title[0].toUpperCase() + fix.title.slice(1)));
      mends.addEventListener("click", () => take(fix));
      return mends;
    });
    rows.push(row(one, way, ways));
  }
  for (const one of found.elsewhere) {
    const href = `${home}edit/?file=${encodeURIComponent(one.file)}&line=${one.line}`;
    rows.push(row(one, made("a", { href }, say("file-line", one))));
  }
  if (!rows.length) {
    box.replaceChildren(made("p", { class: "none" }, say("none")));
    return;
  }
  const all = say("in-all", { errors: say("errors", { count: found.errors }), warnings: say("warnings", { count: found.warnings }) });
  const head = found.checked ? all : `${all} ${say("unchecked")}`;
  box.replaceChildren(made("p", { class: "small" }, head), made("ul", { class: "problems" }, ...rows));
}

function row(one, way, ways = []) {
  const named = say(one.severity), word = named[0].toUpperCase() + named.slice(1);
  return made("li", { class: `problem problem--${one.severity}` }, made("strong", {}, word), ", ", way, ": ", ...inline(one.message), " ",
    ...(one.help ? [made("span", { class: "faint" }, ...inline(one.help)), " "] : []), made("span", { class: "key" }, one.code), ...ways);
}
