"use strict";
(() => {
  const root = document.documentElement;
  const tools = document.querySelector(".tools");
  const field = tools.querySelector("input");
  const found = tools.querySelector(".found");
  const theme = tools.querySelector(".theme");
  const groups = [...document.querySelectorAll(".group, .plain li")];
  tools.hidden = false;

  // The contents fold away where there is no room beside the text.
  const contents = document.querySelector(".contents details.all");
  if (contents && matchMedia("(max-width: 60rem)").matches) contents.open = false;

  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const shown = () => { theme.setAttribute("aria-pressed", String(dark())); };
  try { const kept = localStorage.getItem("theme"); if (kept === "dark" || kept === "light") root.dataset.theme = kept; } catch { /* a file may have no storage */ }
  theme.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* likewise */ }
    shown();
  });
  shown();

  let texts = null;
  let waiting = 0;
  const filter = () => {
    const asked = field.value.trim().toLowerCase();
    texts ??= groups.map((group) => group.textContent.toLowerCase());
    let many = 0;
    groups.forEach((group, at) => {
      const kept = !asked || texts[at].includes(asked);
      group.hidden = !kept;
      many += kept;
    });
    found.textContent = asked ? (many === 1 ? "1 provision" : `${many} provisions`) : "";
  };
  field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  field.addEventListener("keydown", (event) => { if (event.key === "Escape") { field.value = ""; filter(); } });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); field.focus(); }
  });
  // What a link leads to must be there to be seen.
  const reveal = () => {
    let target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    const group = target.closest(".group");
    if (group && group.hidden) { field.value = ""; filter(); target.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();

  // An explanation stays while the pointer or the focus is on the word or on it, and goes with Escape.
  const tip = document.getElementById("tip");
  let on = null;
  let going = 0;
  const hide = () => { if (on) on.removeAttribute("aria-describedby"); on = null; tip.hidden = true; };
  const show = (word) => {
    const entry = document.getElementById(decodeURIComponent(word.hash.slice(1)));
    if (!entry) return;
    clearTimeout(going);
    if (on && on !== word) hide();
    on = word;
    const [name, said] = [entry.querySelector("dt").textContent, entry.querySelector("dd").textContent];
    // Where the word stands for itself, what it means is read already.
    tip.textContent = said.toLowerCase() === word.textContent.toLowerCase() ? name : `${name}: ${said}`;
    word.setAttribute("aria-describedby", "tip");
    tip.hidden = false;
    const at = word.getBoundingClientRect();
    const wide = Math.min(360, innerWidth - 16);
    tip.style.setProperty("width", `${wide}px`);
    tip.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - wide - 8))}px`);
    const below = at.bottom + 6;
    tip.style.setProperty("top", `${below + tip.offsetHeight > innerHeight ? Math.max(8, at.top - tip.offsetHeight - 6) : below}px`);
  };
  const leave = () => { going = setTimeout(hide, 200); };
  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const word = event.target.closest && event.target.closest("a.term");
      if (word) show(word);
      else if (tip.contains(event.target)) clearTimeout(going);
      else if (on) leave();
    });
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", () => { if (on && document.activeElement !== on) hide(); }, { passive: true });
})();
