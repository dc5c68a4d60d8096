"use strict";
(() => {
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Each table: rows are chosen by status and by words.
  const filters = new Map();
  for (const bar of all(".filter")) {
    const table = document.getElementById(bar.dataset.for);
    const rows = all("tbody tr", table);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const buttons = all("button", bar);
    const field = bar.querySelector("input");
    const found = bar.querySelector(".found");
    const choose = () => {
      const statuses = buttons.filter((one) => one.getAttribute("aria-pressed") === "true").map((one) => one.dataset.status);
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        const fits = (!statuses.length || statuses.includes(row.dataset.status)) && words.every((word) => texts[at].includes(word));
        row.hidden = !fits;
        shown += fits;
      });
      found.textContent = shown === rows.length ? "" : `${shown.toLocaleString("en")} of ${rows.length.toLocaleString("en")} rows`;
    };
    const press = (status) => {
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.status === status));
      field.value = "";
      choose();
    };
    for (const one of buttons) {
      one.addEventListener("click", () => {
        one.setAttribute("aria-pressed", String(one.getAttribute("aria-pressed") !== "true"));
        choose();
      });
    }
    field.addEventListener("input", choose);
    filters.set(table.id, press);
    bar.hidden = false;
  }
  for (const link of all("a[data-filter]")) {
    link.addEventListener("click", () => filters.get(link.dataset.filter)?.(link.dataset.status));
  }
  // A link to a row that is not among the chosen ones shows its table whole again.
  const reveal = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (row?.hidden) filters.get(row.closest("table").id)("");
    row?.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", () => document.querySelector("tr:target") && reveal());

  // The line below the picture says what is pointed at.
  const reading = document.querySelector(".reading");
  const chart = document.getElementById("chart");
  if (reading && chart) {
    const first = "Point at a bar or a mark, or go through the lanes with Tab, to read it here.";
    const says = (at) => at.closest("use")?.textContent || at.closest("a[aria-label]")?.getAttribute("aria-label") || (at.closest(".lane") || at.closest("summary")?.querySelector(".lane"))?.dataset.says;
    const say = (event) => {
      const said = says(event.target);
      reading.textContent = said || first;
      reading.classList.toggle("said", Boolean(said));
    };
    chart.addEventListener("pointerover", say);
    chart.addEventListener("focusin", say);
    chart.addEventListener("pointerleave", () => reading.classList.remove("said"));
    chart.addEventListener("focusout", () => reading.classList.remove("said"));
    reading.textContent = first;
    reading.hidden = false;
  }
  addEventListener("beforeprint", () => { for (const one of all("details")) one.open = true; });
})();
