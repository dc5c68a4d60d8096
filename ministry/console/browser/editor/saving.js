// Saving: one at a time, each under a name of its own, sent again under that name until it is answered.
//
// The server answers with the text that then stands. Where others saved meanwhile it is another than was sent: what
// differs is put into the editor beside what was typed since, and nothing typed is taken away.
import { Annotation, ChangeSet, Text, Transaction } from "@codemirror/state";
import { diff } from "@codemirror/merge";
import { newName } from "./keeping.js";

export const fromOthers = Annotation.define();
const PAUSE = 1200, AGAIN = 3000, KEEP = 200;

export class Saving {
  constructor({ file, version, server, keeping, status, saved }) {
    this.file = file;
    this.version = version;
    this.server = server;
    this.keeping = keeping;
    this.status = status;
    this.saved = saved;
    this.waiting = null; // a save that has no answer: its name, text and version
    this.timers = {};
    this.clashes = 0;
    this.problem = "";
  }

  of(view) {
    this.view = view;
    this.acked = view.state.doc;
    this.since = ChangeSet.empty(this.acked.length); // typed since the text that the server has
    this.flown = null; // typed since the text that is on its way
    return this;
  }

  get dirty() {
    return !this.since.empty || this.waiting !== null;
  }

  // Every change of the text comes through here.
  changed(transaction) {
    if (!transaction.docChanged || transaction.annotation(fromOthers)) return;
    this.since = this.since.compose(transaction.changes);
    if (this.flown) this.flown = this.flown.compose(transaction.changes);
    if (!this.problem) this.status.say("typing");
    this.later("keep", KEEP, () => this.keep());
    this.later("save", PAUSE, () => this.save());
  }

  later(name, after, work) {
    clearTimeout(this.timers[name]);
    this.timers[name] = setTimeout(work, after);
  }

  keep() {
    if (!this.dirty) return true;
    const text = this.view.state.doc.toString();
    const same = this.waiting && this.waiting.text === text;
    return this.keeping.keep({ file: this.file, text, based_on: this.waiting ? this.waiting.based_on : this.version, save_id: same ? this.waiting.save_id : newName() });
  }

  async save() {
    if (this.flying || !this.dirty) return;
    if (!this.waiting) {
      this.waiting = { file: this.file, text: this.view.state.doc.toString(), based_on: this.version, save_id: newName() };
      this.sent = this.view.state.doc;
      this.flown = ChangeSet.empty(this.sent.length);
    }
    const kept = this.keep();
    if (!this.problem) this.status.say("saving");
    this.flying = true;
    try {
      const answer = await this.server.ask("save", this.waiting);
      this.flying = false;
      this.take(answer);
    } catch (problem) {
      this.flying = false;
      this.problem = problem.kind || "refused";
      this.status.say(this.problem === "offline" && !kept ? "unkept" : this.problem, 0, problem.message);
      if (this.problem !== "refused") this.later("save", AGAIN, () => this.save());
      if (!problem.kind) throw problem;
      if (this.problem === "refused") this.waiting = null;
    }
  }

  take(answer) {
    this.problem = "";
    this.version = answer.version;
    const there = answer.text === undefined ? this.sent : Text.of(answer.text.split("\n"));
    const remote = answer.text === undefined ? ChangeSet.empty(this.sent.length) : difference(this.sent, answer.text);
    const own = this.flown;
    this.waiting = this.flown = null;
    this.acked = there;
    this.since = own.map(remote, true);
    this.put(remote.map(own));
    this.clashes = (this.view.state.doc.toString().match(/^<{7}/gm) || []).length;
    if (this.since.empty) this.keeping.forget();
    else this.later("save", PAUSE, () => this.save());
    this.status.say(this.clashes ? "clash" : this.since.empty ? "saved" : "typing", this.version);
    this.saved(answer);
  }

  // A newer text of others, while nothing of ours waits.
  async fetch() {
    if (this.dirty || this.flying) return this.save();
    this.flying = true;
    try {
      const answer = await this.server.ask("text", { file: this.file });
      this.sent = this.acked;
      this.flown = this.since;
      if (answer.version > this.version) this.take(answer);
    } catch { /* the next beat asks again */ } finally {
      this.flying = false;
      if (this.dirty) this.later("save", PAUSE, () => this.save());
    }
  }

  put(changes) {
    if (changes.empty) return;
    this.view.dispatch({ changes, annotations: [fromOthers.of(true), Transaction.addToHistory.of(false)] });
  }
}

export function difference(doc, text) {
  const old = doc.toString();
  const changes = diff(old, text, { scanLimit: 2000 }).map((one) => ({ from: one.fromA, to: one.toA, insert: text.slice(one.fromB, one.toB) }));
  return ChangeSet.of(changes, doc.length);
}
