// Looks again at a page that waits for a worker, and puts in what is new, until nothing more is to come.
"use strict";
(() => {
  const EVERY = 2000;
  const MOST = 300;
  let tries = 0;
  async function look() {
    const here = document.getElementById("waited");
    if (!here || here.dataset.state !== "waiting" || ++tries > MOST) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const there = page.getElementById("waited");
      if (there && !there.isEqualNode(here) && !here.contains(document.activeElement)) {
        here.replaceChildren(...there.childNodes);
        here.dataset.state = there.dataset.state;
      }
    } catch (error) {
      // The server cannot be reached just now: look again later.
    }
    setTimeout(look, EVERY);
  }
  setTimeout(look, EVERY);
})();
