// What is not saved yet is kept in this browser, for this person and draft, until the server has it.

export const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");

export class Keeping {
  constructor(form) {
    this.start = `writ-draft/${form.dataset.person}/${form.dataset.key}/`;
    this.tab = newName();
    this.name = `${this.start}${this.tab}`;
    this.holds = false;
    // As long as this window lives it holds a lock, so that no other takes what it keeps for left behind.
    navigator.locks?.request(`writ-tab/${this.tab}`, () => new Promise(() => {}));
  }

  // Whether it could be kept.
  keep(entry) {
    try {
      localStorage.setItem(this.name, JSON.stringify({ ...entry, at: Date.now() }));
      this.holds = true;
      return true;
    } catch {
      return false;
    }
  }

  forget() {
    if (this.holds) localStorage.removeItem(this.name);
    this.holds = false;
  }

  // What windows that are gone left behind: names and entries, the oldest first.
  async left() {
    const alive = new Set();
    try {
      for (const one of (await navigator.locks.query()).held) alive.add(one.name);
    } catch { /* then all count as gone; the server knows a save that comes twice */ }
    const found = [];
    try {
      for (let at = 0; at < localStorage.length; at++) {
        const name = localStorage.key(at);
        if (!name.startsWith(this.start) || name === this.name) continue;
        if (alive.has(`writ-tab/${name.slice(this.start.length)}`)) continue;
        try { found.push([name, JSON.parse(localStorage.getItem(name))]); } catch { /* not ours */ }
      }
    } catch { /* the browser keeps nothing */ }
    return found.sort((one, other) => one[1].at - other[1].at);
  }

  drop(name) {
    localStorage.removeItem(name);
  }
}
