// Sorting papers: a page is split off, joined to the paper before it, or dragged; the boxes of the form always tell the truth.
class Sorting {
  constructor(form) {
    this.form = form;
    this.told = form.querySelector("[data-told]");
    this.leaves().forEach((leaf) => this.prepare(leaf));
    this.piles().forEach((pile) => this.takeDrops(pile));
    form.addEventListener("click", (event) => this.press(event));
    form.addEventListener("change", (event) => {
      if (event.target.closest("[data-page]")) this.move(event.target.closest("[data-page]"), event.target.value, this.form.dataset.moved);
    });
    form.addEventListener("keydown", (event) => this.key(event));
    this.settle();
  }

  piles() { return Array.from(this.form.querySelectorAll(".pile")); }

  leaves() { return Array.from(this.form.querySelectorAll("[data-page]")); }

  box(leaf) { return leaf.querySelector("select"); }

  prepare(leaf) {
    leaf.draggable = true;
    leaf.addEventListener("dragstart", (event) => {
      this.dragged = leaf;
      leaf.classList.add("dragged");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", this.box(leaf).name);
      // an empty paper to drop on, while something is carried; a page that moves as the drag begins ends it
      setTimeout(() => { if (this.dragged) this.spare().classList.remove("spare"); });
    });
    leaf.addEventListener("dragend", () => { leaf.classList.remove("dragged"); this.dragged = null; this.settle(); });
  }

  takeDrops(pile) {
    pile.addEventListener("dragover", (event) => { if (this.dragged) { event.preventDefault(); pile.classList.add("over"); } });
    pile.addEventListener("dragleave", () => pile.classList.remove("over"));
    pile.addEventListener("drop", (event) => {
      event.preventDefault();
      pile.classList.remove("over");
      if (this.dragged) this.move(this.dragged, pile.dataset.number, this.form.dataset.moved);
    });
  }

  spare() { return this.piles().find((pile) => !pile.querySelector("[data-page]")) || this.grow(); }

  // every page may become a paper of its own: one more empty paper when they have run out
  grow() {
    const last = this.piles().at(-1);
    const old = last.dataset.number;
    const number = String(Math.max(...this.piles().map((pile) => Number(pile.dataset.number))) + 1);
    const pile = last.cloneNode(true);
    pile.dataset.number = number;
    pile.querySelector(".sheets").replaceChildren();
    const heading = pile.querySelector("h2");
    heading.id = `pile-${number}`;
    heading.textContent = heading.textContent.replace(old, number);
    pile.setAttribute("aria-labelledby", heading.id);
    pile.querySelectorAll(".printed, optgroup:not(:last-of-type)").forEach((part) => part.remove());
    const kind = pile.querySelector(".named select");
    kind.id = kind.name = `k${number}`;
    kind.value = "";
    pile.querySelector(".named label").htmlFor = kind.id;
    last.after(pile);
    this.takeDrops(pile);
    this.leaves().forEach((leaf) => this.box(leaf).add(new Option(heading.textContent, number)));
    return pile;
  }

  press(event) {
    const leaf = event.target.closest("[data-page]");
    if (!leaf) return;
    if (event.target.closest("[data-split]")) this.split(leaf);
    if (event.target.closest("[data-join]")) this.join(leaf);
  }

  key(event) {
    const leaf = event.target.closest("[data-page]");
    if (!leaf || event.target.matches("select") || event.ctrlKey || event.altKey || event.metaKey) return;
    const leaves = this.leaves();
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step) leaves[leaves.indexOf(leaf) + step]?.querySelector("a").focus();
    else if (event.key === "t") this.split(leaf);
    else if (event.key === "g") this.join(leaf);
    else return;
    event.preventDefault();
  }

  // this page and those after it in its paper become a paper of their own
  split(leaf) {
    const pages = Array.from(leaf.parentElement.children);
    const from = pages.indexOf(leaf);
    if (from < 1) return;
    const pile = this.spare();
    leaf.closest(".pile").after(pile);
    pages.slice(from).forEach((page) => this.put(page, pile));
    this.say(this.form.dataset.split, leaf, pile);
    this.settle();
    pile.querySelector(".named select").focus();
  }

  // its whole paper goes on with the one before
  join(leaf) {
    const filled = this.piles().filter((pile) => pile.querySelector("[data-page]"));
    const ours = leaf.closest(".pile");
    const before = filled[filled.indexOf(ours) - 1];
    if (!before) return;
    Array.from(ours.querySelectorAll("[data-page]")).forEach((page) => this.put(page, before));
    this.say(this.form.dataset.joined, leaf, before);
    this.settle();
    leaf.querySelector("a").focus();
  }

  move(leaf, number, words) {
    const pile = this.piles().find((one) => one.dataset.number === number);
    if (!pile || pile === leaf.closest(".pile")) return;
    this.put(leaf, pile);
    this.say(words, leaf, pile);
    this.settle();
    this.box(leaf).focus();
  }

  put(leaf, pile) {
    pile.querySelector(".sheets").append(leaf);
    this.box(leaf).value = pile.dataset.number;
  }

  say(words, leaf, pile) {
    this.told.textContent = words.replace("{page}", leaf.querySelector("p").textContent).replace("{paper}", pile.querySelector("h2").textContent);
  }

  // only papers that have pages are seen, and each of them must say what it is
  settle() {
    this.piles().forEach((pile) => {
      const pages = pile.querySelectorAll("[data-page]");
      pile.classList.toggle("spare", !pages.length);
      pile.querySelector(".named select").required = pages.length > 0;
      pages.forEach((leaf, at) => { leaf.querySelector("[data-split]").hidden = at === 0; leaf.querySelector("[data-join]").hidden = at > 0; });
    });
    const first = this.leaves()[0];
    if (first) first.querySelector("[data-join]").hidden = true;
  }
}

document.querySelectorAll("form[data-sort]").forEach((form) => new Sorting(form));
