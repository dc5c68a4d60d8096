// The desk: the editor, the tree beside it, the bar above it and the problems below.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { listed, mend, names, offset, problems, said } from "./asking.js";
import { Keeping } from "./keeping.js";
import { lawText } from "./language.js";
import { shown } from "./leftovers.js";
import { Status, made, notice, outline } from "./page.js";
import { Saving, difference } from "./saving.js";
import { Server } from "./server.js";
import { language, phrases, say } from "./words.js";

const BEAT = 5000, HIDDEN = 20000, WRITING = 20000;

// Its colours are those of the page, in the light and in the dark.
const look = EditorView.theme({
  "&": { backgroundColor: "var(--editor)", color: "var(--text)", border: "1px solid var(--border)", fontSize: "15px", height: "70vh" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "0", borderColor: "var(--text)" },
  ".cm-scroller": { fontFamily: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', 'Liberation Mono', monospace", lineHeight: "1.5" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--editor-gutter)", color: "var(--muted)", borderRight: "1px solid var(--line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--surface-hover)" },
  ".cm-activeLine": { backgroundColor: "var(--editor-line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--editor-select)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--found)" },
  ".cm-searchMatch.cm-searchMatch-selected": { outline: "1px solid currentColor" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--ok-surface)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--bad-surface)" },
  ".cm-specialChar": { color: "var(--bad)" },
  ".cm-panels": { backgroundColor: "var(--surface-sunk)", color: "var(--text)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-textfield": { backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--border)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--text)", border: "1px solid var(--border)" },
  ".cm-panel button[name=close]": { color: "inherit" },
  ".cm-tooltip": { border: "1px solid var(--line-strong)", backgroundColor: "var(--surface-raised)", color: "var(--text)", maxWidth: "min(560px, 92vw)" },
  ".cm-told": { padding: "8px 12px", fontSize: "14px", lineHeight: "20px", "& p, & ul": { margin: "0 0 6px" } },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--button)", color: "var(--button-text)" },
  ".cm-completionDetail": { color: "var(--muted)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "var(--button-text)" },
  ".cm-diagnosticAction": { backgroundColor: "var(--button)", color: "var(--button-text)" },
});

export function begin(form, nonce) {
  const { file, key } = form.dataset;
  const field = form.elements.text;
  const server = new Server(form);
  const keeping = new Keeping(form);
  const bar = document.getElementById("bar");
  const status = new Status(bar);
  const box = document.getElementById("problems-list");
  const company = made("p", { class: "small company", id: "company", role: "status" });
  let seen = Number(form.dataset.seen), typedAt = 0, view;

  const go = (place) => {
    const at = offset(view.state.doc, place);
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "start", yMargin: 40 }) });
    view.focus();
  };
  let told = null; // the text to which the problems below belong
  const take = (fix) => { if (view.state.doc === told) mend(view, fix); };
  const saving = new Saving({ file, version: Number(form.dataset.version), server, keeping, status, saved: () => { tree(); } });

  const format = async () => {
    const before = view.state.doc;
    try {
      const answer = await server.ask("format", { file, text: before.toString() });
      if (view.state.doc !== before) return;
      const changes = difference(before, answer.text);
      if (!changes.empty) view.dispatch({ changes, userEvent: "input.format" });
      said2(say(answer.left ? "formatted-partly" : "formatted"));
    } catch (problem) {
      said2(problem.message);
    }
  };
  const hint = made("span", { class: "small", role: "status" });
  const said2 = (text) => { hint.textContent = text; setTimeout(() => { hint.textContent = ""; }, 4000); };

  view = new EditorView({
    state: EditorState.create({
      doc: field.value,
      extensions: [
        EditorView.cspNonce.of(nonce || ""),
        EditorState.phrases.of(phrases),
        lineNumbers(), highlightActiveLineGutter(), highlightSpecialChars(), history(), drawSelection(), bracketMatching(),
        highlightActiveLine(), highlightSelectionMatches(), EditorView.lineWrapping, indentUnit.of("  "), lawText(), look,
        problems(server, file, (found) => { told = view.state.doc; listed(box, found, go, server.home, take); tree(); }),
        names(server, file), said(server, file),
        EditorView.contentAttributes.of({ "aria-labelledby": "text-label", "aria-describedby": "editor-help", tabindex: "0", spellcheck: "false" }),
        keymap.of([
          { key: "Mod-s", run: () => { saving.save(); return true; } },
          { key: "Shift-Alt-f", run: () => { format(); return true; } },
          ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          for (const one of update.transactions) saving.changed(one);
          if (update.docChanged) typedAt = Date.now();
        }),
      ],
    }),
  });
  saving.of(view);
  field.hidden = true;
  field.disabled = true;
  field.after(view.dom);
  document.getElementById("plain-buttons").hidden = true;
  const button = (words, work) => { const one = made("button", { type: "button", class: "govuk-button govuk-button--secondary" }, words); one.addEventListener("click", work); return one; };
  bar.append(button(say("save"), () => saving.save()), button(say("format"), format), hint);
  view.dom.before(made("p", { class: "small faint", id: "editor-help" },
    say("help")));
  view.dom.after(company);
  status.say("saved", saving.version);
  form.addEventListener("submit", (event) => { event.preventDefault(); saving.save(); });

  // --- the tree
  const provisions = document.getElementById("provisions");
  let drawn = "";
  function tree() {
    const found = outline(view.state.doc);
    const now = JSON.stringify(found.map((one) => [one.level, one.title, one.line]));
    if (now === drawn) return;
    drawn = now;
    provisions.replaceChildren(...found.map((one) => {
      const way = made("a", { href: `#line-${one.line}` }, one.title);
      way.addEventListener("click", (event) => { event.preventDefault(); go({ line: one.line - 1, column: 0 }); });
      return made("li", { class: `depth-${one.level}` }, way);
    }));
  }
  const here = () => outline(view.state.doc).filter((one) => one.from <= view.state.selection.main.head).pop()?.title || "";
  tree();
  if (innerWidth <= 1000) document.getElementById("tree-provisions").open = false;
  const at = form.dataset.at, line = Number(form.dataset.line);
  if (line) go({ line: line - 1, column: 0 });
  else if (at) {
    const wanted = outline(view.state.doc).find((one) => one.title === at || one.title.startsWith(`${at}.`) || one.title.startsWith(`${at} `) || one.title.includes(` ${at} `) || one.title.endsWith(` ${at}`));
    if (wanted) go({ line: wanted.line - 1, column: 0 });
  }

  // --- who else is here
  async function beat() {
    try {
      const provision = here();
      const answer = await server.ask("here", { tab: keeping.tab, file, provision: provision.slice(0, 300), writing: Date.now() - typedAt < WRITING, seen });
      seen = Math.max(seen, answer.last);
      if (saving.problem === "offline") saving.save();
      const there = answer.present.map((one) => {
        const close = one.provision === provision && one.writing;
        const does = one.file !== file ? "is" : close ? "writes-here" : one.writing ? "writes" : "reads";
        return say(one.self ? `self-${does}` : does, { name: one.name, file: one.file, where: one.provision || say("beginning") });
      });
      const text = there.join(" ");
      if (company.textContent !== text) company.textContent = text;
      company.classList.toggle("company--close", answer.present.some((one) => one.file === file && one.writing && one.provision === provision));
      if (answer.closed) status.say("refused", 0, say("closed"));
      else if ((answer.files[file] || 0) > saving.version) await saving.fetch();
    } catch { /* the next one tells */ }
    setTimeout(beat, document.hidden ? HIDDEN : BEAT);
  }
  beat();

  // --- nothing is lost
  const recover = async () => {
    for (const [name, entry] of await keeping.left()) {
      try {
        const { at: when, ...given } = entry;
        const answer = await server.ask("save", given);
        keeping.drop(name);
        const clock = new Date(when).toLocaleTimeString([language], { hour: "2-digit", minute: "2-digit" });
        const how = answer.clashes.length ? "recovered-clash" : answer.merged ? "recovered-merged" : "recovered";
        notice(form, say(how, { file: entry.file, time: clock, version: answer.version }), `${server.home}history/?version=${answer.version}`, say("see"));
        if (entry.file === file) await saving.fetch();
      } catch (problem) {
        if (problem.kind === "refused") shown(form, keeping, name, entry, say("not-taken", { why: problem.message, file: entry.file }));
      }
    }
  };
  recover();
  addEventListener("online", () => { saving.save(); });
  addEventListener("offline", () => { if (saving.dirty) { saving.problem = "offline"; status.say(saving.keep() ? "offline" : "unkept"); } });
  addEventListener("visibilitychange", () => { if (document.hidden) { saving.keep(); saving.save(); } });
  addEventListener("pagehide", () => { saving.keep(); server.leave({ tab: keeping.tab, file, leaving: true }); });
  addEventListener("beforeunload", (event) => { if (saving.dirty) { saving.keep(); event.preventDefault(); } });
  form.dataset.ready = key;
}
