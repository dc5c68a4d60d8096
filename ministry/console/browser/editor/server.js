// Asking the server. What comes back is an answer, or a Problem that says of what kind it is.
import { say } from "./words.js";

export class Problem extends Error {
  constructor(kind, message) {
    super(message);
    this.kind = kind; // offline, signed-out, busy, refused
  }
}

export class Server {
  constructor(form) {
    this.home = form.dataset.home;
    this.form = form;
  }

  get token() {
    return this.form.elements.csrfmiddlewaretoken.value;
  }

  async ask(what, given, again = true) {
    let answer;
    try {
      answer = await fetch(this.home + what, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
        body: JSON.stringify(given),
        redirect: "manual",
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      throw new Problem("offline", say("server-offline"));
    }
    if (answer.type === "opaqueredirect") throw new Problem("signed-out", say("server-signed-out"));
    if (answer.status === 403 && again && (await this.renew())) return this.ask(what, given, false);
    if (answer.ok) return answer.json().catch(() => { throw new Problem("busy", say("server-cut")); });
    let said = {};
    try { said = await answer.json(); } catch { /* a page, not an answer */ }
    if (answer.status >= 500 || answer.status === 429) throw new Problem("busy", said.message || say("server-busy"));
    if (answer.status === 403) throw new Problem("signed-out", say("server-signed-out"));
    throw new Problem("refused", said.message || say("server-refused"));
  }

  // Whoever signed in again, in another window, has another token.
  async renew() {
    try {
      const answer = await fetch(location.href, { redirect: "manual" });
      if (!answer.ok) return false;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("#writing input[name=csrfmiddlewaretoken]");
      if (!found) return false;
      this.form.elements.csrfmiddlewaretoken.value = found.value;
      return true;
    } catch {
      return false;
    }
  }

  // What is said while the page goes away.
  leave(given) {
    try {
      fetch(`${this.home}here`, {
        method: "POST", keepalive: true, body: JSON.stringify(given),
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.token },
      }).catch(() => {});
    } catch { /* it goes away all the same */ }
  }
}
