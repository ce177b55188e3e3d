"use strict";
(() => {
  const words = JSON.parse(document.body.dataset.words);
  const make = (tag, about, ...inner) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(about)) made.setAttribute(name, value);
    made.append(...inner);
    return made;
  };

  // Folds: a link into one opens it; on paper all are open.
  const opened = (element) => {
    for (let each = element; each; each = each.parentElement) if (each.tagName === "DETAILS") each.open = true;
  };
  const away = new Map(); // the tables of rows that may not be shown just now
  const named = () => {
    try {
      const id = decodeURIComponent(location.hash.slice(1));
      if (!document.getElementById(id) && away.has(id)) away.get(id).whole();
      return document.getElementById(id);
    } catch {
      return null;
    }
  };
  const follow = () => {
    const there = location.hash ? named() : null;
    if (!there) return;
    opened(there);
    there.scrollIntoView();
    for (const each of document.querySelectorAll(".here")) each.classList.remove("here");
    if (there.matches("tr, details")) there.classList.add("here");
    const stop = there.tagName === "DETAILS" ? there.querySelector("summary") : there;
    if (!stop.matches("summary, [tabindex]")) stop.setAttribute("tabindex", "-1");
    stop.focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a[href^='#']");
    if (!link || link.getAttribute("href") !== location.hash) return;
    event.preventDefault();
    follow();
  });
  const folded = [...document.querySelectorAll("main details.fold")];
  const whole = make("input", { type: "checkbox" });
  whole.checked = folded.length <= 20; // the accounts of a whole report are a book: who wants it ticks the box
  let closed = [];
  addEventListener("beforeprint", () => {
    document.body.classList.toggle("closed", !whole.checked);
    closed = [];
    if (!whole.checked) return;
    closed = [...document.querySelectorAll("main details:not([open])")];
    for (const each of closed) each.open = true;
  });
  addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });

  // Contents: beside the text where there is room, else folded away.
  const contents = document.querySelector("nav > details");
  if (contents) {
    const beside = matchMedia("(min-width: 75rem)");
    const settle = () => { contents.open = beside.matches; };
    beside.addEventListener("change", settle);
    settle();
    contents.addEventListener("click", (event) => {
      if (event.target.tagName === "A" && !beside.matches) contents.open = false;
    });
    if (folded.length > 1) {
      const all = (open) => () => { for (const each of folded) each.open = open; };
      const buttons = [["unfold", true], ["fold", false]].map(([name, open]) => {
        const button = make("button", { type: "button" }, words[name]);
        button.addEventListener("click", all(open));
        return button;
      });
      contents.append(make("p", { class: "tools" }, ...buttons, make("label", {}, whole, words.print)));
    }
    const links = new Map([...contents.querySelectorAll("a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
    let seen = null;
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) {
        const link = links.get(entry.target.id);
        if (!entry.isIntersecting || !link) continue;
        if (seen) seen.removeAttribute("aria-current");
        seen = link;
        seen.setAttribute("aria-current", "true");
      }
    }, { rootMargin: "-10% 0px -80% 0px" });
    for (const id of links.keys()) {
      const section = document.getElementById(id);
      if (section) watch.observe(section);
    }
  }

  // Boxes that scroll can be reached by keyboard; others are no stop.
  const boxes = [...document.querySelectorAll(".box")];
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const box = target.closest(".box");
      const scrolls = box.scrollWidth > box.clientWidth + 1;
      box.classList.toggle("scrolls", scrolls);
      if (scrolls) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  });
  for (const box of boxes) {
    reach.observe(box);
    if (box.firstElementChild) reach.observe(box.firstElementChild);
  }

  // Pictures larger than the page: the whole of it, or as large as it was drawn.
  for (const box of document.querySelectorAll(".picture")) {
    const drawing = box.firstElementChild;
    const button = make("button", { type: "button", "aria-pressed": "false" }, words.full);
    button.addEventListener("click", () => {
      const full = box.classList.toggle("full");
      button.setAttribute("aria-pressed", String(full));
    });
    const tools = make("p", { class: "tools" }, button);
    const size = Number(drawing.getAttribute("width"));
    const settle = () => { tools.hidden = !box.classList.contains("full") && box.clientWidth >= size; };
    new ResizeObserver(settle).observe(box);
    box.before(tools);
  }

  // Tables: sorted by a column, narrowed to the rows that hold what was typed; of very long ones the first rows.
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const number = (cell) => {
    const text = cell.dataset.v || cell.textContent.replace(/[,\s※≥≤=]/g, "");
    const found = /^(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)(?:\.\.[\d.]*)?([万亿%‰]?)/i.exec(text);
    return found ? Number(found[1]) * ({ 万: 1e4, 亿: 1e8, "%": 1e-2, "‰": 1e-3 }[found[2]] || 1) : null;
  };
  const said = (cell) => (cell.dataset.v || cell.textContent).trim() || null;
  const orders = { n: (a, b) => a - b, d: (a, b) => (a < b ? -1 : a > b ? 1 : 0), "": collator.compare };

  const many = 300;
  const first = 200;
  class Rows {
    constructor(box, table) {
      this.body = table.tBodies[0];
      this.heads = [...table.tHead.rows[0].cells];
      this.all = [...this.body.rows];
      this.order = this.all;
      this.words = [];
      this.most = this.all.length > many ? first : Infinity;
      for (const row of this.all) if (row.id) away.set(row.id, this);
      this.count = make("output", { role: "status" });
      const input = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
      input.addEventListener("input", () => {
        this.words = input.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
        this.show();
      });
      this.clear = () => { input.value = ""; this.words = []; };
      box.before(make("p", { class: "tools" }, make("label", {}, words.filter, input), this.count));
      this.rest = make("button", { type: "button" }, words.all.replace("{all}", this.all.length));
      this.rest.addEventListener("click", () => this.whole());
      this.below = make("p", { class: "tools" }, this.rest);
      box.after(this.below);
      this.heads.forEach((head, index) => {
        if (head.tagName !== "TH") return;
        const button = make("button", { type: "button" }, ...head.childNodes);
        button.addEventListener("click", () => this.sort(index));
        head.append(button);
      });
      this.show();
    }

    sort(index) {
      const head = this.heads[index];
      const kind = head.dataset.k || "";
      const before = head.getAttribute("aria-sort");
      const now = before === "ascending" ? "descending" : before === "descending" ? null : "ascending";
      for (const each of this.heads) each.removeAttribute("aria-sort");
      this.order = this.all;
      if (now) {
        head.setAttribute("aria-sort", now);
        const key = kind === "n" ? number : said;
        const keyed = this.all.map((row, place) => [key(row.cells[index]), place, row]);
        const sign = now === "ascending" ? 1 : -1;
        keyed.sort(([a, i], [b, j]) =>
          a === null || b === null ? (a === null) - (b === null) || i - j : sign * orders[kind](a, b) || i - j);
        this.order = keyed.map((each) => each[2]);
      }
      this.show();
    }

    show(most = this.most) {
      this.texts = this.texts || (this.words.length && new Map(this.all.map((row) => [row, row.textContent.toLocaleLowerCase()])));
      const found = this.order.filter((row) => this.words.every((word) => this.texts.get(row).includes(word)));
      const shown = found.slice(0, most);
      if (shown.length !== this.body.rows.length || shown.some((row, place) => this.body.rows[place] !== row)) {
        this.body.replaceChildren(...shown);
      }
      this.below.hidden = shown.length === found.length;
      const told = words.rows.replace("{shown}", found.length).replace("{all}", this.all.length);
      this.count.textContent = this.words.length ? (found.length ? told : words.none)
        : this.below.hidden ? "" : words.first.replace("{shown}", shown.length).replace("{all}", this.all.length);
    }

    whole() {
      this.clear();
      this.most = Infinity;
      this.show();
    }
  }

  const tables = [];
  for (const box of boxes) {
    const table = box.querySelector("table");
    if (table && table.tBodies[0].rows.length > 8) tables.push(new Rows(box, table));
  }
  addEventListener("beforeprint", () => { for (const each of tables) each.show(Infinity); });
  addEventListener("afterprint", () => { for (const each of tables) each.show(); });
  if (location.hash) follow();
})();
