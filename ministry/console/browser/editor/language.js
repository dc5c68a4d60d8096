// Markdown with blocks of law in it: how it is coloured.
import { HighlightStyle, LanguageDescription, LanguageSupport, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { markdown } from "@codemirror/lang-markdown";
import { tags } from "@lezer/highlight";

const STATEMENTS = new Set(("power permission duty prohibition right disability limit delegation lapse assurance override repeal suspend commence " +
  "act kind levels office body person thing state event calendar define fact attribute assert").split(" "));
const CLAUSES = new Set(("may must not no one anyone except when unless within after before until from by on of to with only over and or is has have been " +
  "done every each all any at least most than delegate lapses never owes if in the actor reserved material under since").split(" "));

const law = StreamLanguage.define({
  name: "writ",
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/--.*/)) return "comment";
    if (stream.match(/"(?:[^"\\]|\\.)*"?/)) return "string";
    if (stream.match(/\d{4}-\d\d-\d\d|\d+(?:\.\d+)?(?![\w-])/)) return "number";
    const word = stream.match(/[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*/);
    if (word) {
      if (stream.column() === stream.indentation() && STATEMENTS.has(word[0]) && word.index === 0) return "keyword";
      return STATEMENTS.has(word[0]) || CLAUSES.has(word[0]) ? "keyword" : "variableName";
    }
    stream.next();
    return "operator";
  },
  languageData: { commentTokens: { line: "--" } },
});

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700", color: "var(--editor-heading)" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.keyword, color: "var(--editor-keyword)", fontWeight: "600" },
  { tag: tags.string, color: "var(--editor-string)" },
  { tag: tags.number, color: "var(--editor-number)" },
  { tag: tags.comment, color: "var(--editor-comment)", fontStyle: "italic" },
  { tag: [tags.monospace, tags.variableName], color: "var(--text)" },
  { tag: [tags.processingInstruction, tags.meta, tags.contentSeparator], color: "var(--muted)" },
  { tag: [tags.url, tags.link], color: "var(--link)" },
]);

export const lawText = () => [
  markdown({ codeLanguages: [LanguageDescription.of({ name: "writ", support: new LanguageSupport(law) })], completeHTMLTags: false }),
  syntaxHighlighting(colours),
];
