// What is said in the language of the page: the server puts the sentences into it as data.

const said = document.getElementById("editor-words");
const WORDS = said ? JSON.parse(said.textContent) : {};

export const language = document.documentElement.lang || "en";
export const phrases = WORDS.phrases || {};
const rules = new Intl.PluralRules(language);

// A sentence by its name, with what it speaks of in the places of `{name}`; what is counted, by `count`.
export function say(name, given = {}) {
  const known = WORDS[name] ?? name;
  const text = typeof known === "string" ? known : known[rules.select(given.count)] ?? known.other;
  return text.replace(/\{(\w+)\}/g, (whole, one) => (one in given ? String(given[one]) : whole));
}
