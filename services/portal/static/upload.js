// A form whose files go ahead of it (arriving.js): their list with pictures and progress, then the form itself, once.
class Upload {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[name=files]");
    this.list = form.querySelector("[data-files]");
    this.state = form.querySelector("[data-state]");
    this.shelf = `files ${form.action}`;
    this.files = [];
    form.querySelectorAll("[data-once]").forEach((field) => { field.value = once(); });
    form.querySelector("[data-camera]").hidden = !matchMedia("(pointer: coarse)").matches;
    this.listen(form.querySelector("#camera"), form.querySelector("[data-drop]"));
    this.remember();
  }

  listen(camera, drop) {
    this.input.addEventListener("change", () => { this.take(this.input.files); this.input.value = ""; });
    camera.addEventListener("change", () => { this.take(camera.files); camera.value = ""; });
    ["dragover", "dragleave", "drop"].forEach((name) => drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") this.take(event.dataTransfer.files);
    }));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter && event.submitter.dataset.look) this.look(event.submitter);
      else this.handIn(event.submitter);
    });
  }

  // what this tab had sent before it was loaded anew; other tabs and later visitors of the machine know nothing of it
  async remember() {
    const known = JSON.parse(sessionStorage.getItem(this.shelf) || "[]");
    for (const facts of known) {
      const file = this.arriving(facts);
      if (await file.find() && file.id && !this.files.some((other) => other.id === file.id)) this.files.push(file);
    }
    if (known.length) this.show();
    const before = this.form.querySelector("[data-before]");
    before.hidden = !this.files.length;
    before.querySelector("button").onclick = () => this.empty(before);
  }

  // what is left from before is told as such, and one button takes all of it back
  empty(before) {
    this.files.forEach((file) => file.stop());
    this.files = [];
    this.show();
    before.hidden = true;
    this.input.focus();
  }

  arriving(facts) {
    const made = new Arriving(facts, this.form, (trouble, loaded) => {
      if (made.id !== made.kept) { made.kept = made.id; this.keep(); }
      this.tell(made, trouble, loaded);
    });
    return made;
  }

  take(chosen) {
    Array.from(chosen).forEach((file) => {
      const known = this.files.find((one) => one.is(file));
      if (known && known.file) return;
      const one = known || this.arriving({ name: file.name, size: file.size, modified: file.lastModified });
      one.file = file;
      if (!known) this.files.push(one);
    });
    this.show();
    this.go();
  }

  // one after the other: on a thin line, a whole file soon is worth more than many halves
  go() {
    this.going = (this.going || Promise.resolve()).then(async () => {
      for (const file of this.files.filter((one) => one.file && !one.done && one.state === "waits")) {
        await file.send();
        this.keep();
      }
    });
    return this.going;
  }

  keep() {
    const told = this.files.filter((file) => file.id).map(({ id, name, size: bytes, modified }) => ({ id, name, size: bytes, modified }));
    sessionStorage.setItem(this.shelf, JSON.stringify(told));
  }

  show() {
    this.input.required = !this.files.length;
    this.list.replaceChildren(...this.files.map((file) => { file.row = this.row(file); this.tell(file); return file.row; }));
    this.keep();
  }

  row(file) {
    const row = document.createElement("li");
    const kind = document.createElement("i");
    kind.textContent = file.name.includes(".") ? file.name.split(".").pop().slice(0, 4) : "?";
    kind.setAttribute("aria-hidden", "true");
    row.append(kind);
    const name = document.createElement("span");
    name.append(`${file.name} · ${size(file.size)}`, document.createElement("small"), document.createElement("progress"));
    const fault = document.createElement("b");
    fault.className = "error";
    fault.textContent = file.fault || "";
    name.querySelector("progress").max = file.size || 1;
    name.querySelector("progress").setAttribute("aria-label", `${this.form.dataset.progress}: ${file.name}`);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "second";
    remove.textContent = this.form.dataset.remove;
    remove.setAttribute("aria-label", `${this.form.dataset.remove}: ${file.name}`);
    remove.onclick = () => { file.stop(); this.files.splice(this.files.indexOf(file), 1); this.show(); this.input.focus(); };
    row.append(name, remove, fault);
    if (!file.picture && file.file && file.file.type.startsWith("image/")) file.picture = file.file;
    if (file.picture) this.draw(file, row);
    return row;
  }

  draw(file, row) {
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(file.picture);
    picture.onload = () => { URL.revokeObjectURL(picture.src); row.querySelector("i").replaceWith(picture); };
    picture.onerror = () => { file.picture = null; this.tell(file); };
  }

  // what the browser cannot draw itself (PDF, HEIC, a file chosen before a reload) the server draws, or says why not
  async lookAt(file) {
    file.asked = true;
    const answer = await fetch(`/v1/uploads/${file.id}/thumbnail.webp`).catch(() => null);
    if (answer && answer.ok) { file.picture = await answer.blob(); this.draw(file, file.row); }
    else if (answer && answer.status === 422) {
      file.fault = (await answer.json()).details[document.documentElement.lang];
      file.row.querySelector("b").textContent = file.fault;
    }
  }

  tell(file, trouble = "", loaded = 0) {
    if (!file.row) return;
    const bar = file.row.querySelector("progress");
    bar.value = file.done ? bar.max : Math.min(file.offset + loaded, bar.max);
    bar.hidden = Boolean(file.done);
    const percent = Math.floor((100 * bar.value) / bar.max);
    const words = this.form.dataset;
    const said = file.done ? words.there : !file.file ? words.again : trouble ? words.retry : `${percent} %`;
    if (file.done && !file.inline && !file.picture && !file.asked) this.lookAt(file);
    const place = file.row.querySelector("small");
    if (place.textContent !== said) place.textContent = said;
  }

  // the form without its files: they went ahead
  async body(submitter) {
    this.say(this.form.dataset.sending);
    await this.go();
    const waiting = this.files.find((file) => !file.done);
    if (waiting) { this.say(this.form.dataset.again); return null; }
    const body = new FormData(this.form);
    body.delete("files");
    if (submitter && submitter.name) body.set(submitter.name, submitter.value);
    this.files.forEach((file) => (file.inline ? body.append("files", file.file, file.name) : body.append("uploads", file.id)));
    this.say(this.form.dataset.sent);
    return body;
  }

  say(words) {
    this.state.textContent = words;
  }

  async handIn(submitter) {
    const button = submitter || this.form.querySelector(".act button:not([type=button])");
    button.disabled = true;
    this.form.setAttribute("aria-busy", "true");
    const body = await this.body(submitter);
    const answer = body && await ask("POST", this.form.action, { Accept: "text/html" }, body);
    button.disabled = false;
    this.form.removeAttribute("aria-busy");
    if (!answer) { if (body) this.say(this.form.dataset.broken); return; }
    if (answer.status >= 400) { await this.refused(answer); return; }
    const faulty = this.files.filter((file) => file.fault);
    this.files = [];
    sessionStorage.removeItem(this.shelf);
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(page.querySelector("main"));
    if (faulty.length) this.warn(faulty);
    document.querySelector("main").focus();
    scrollTo(0, 0);
    document.dispatchEvent(new CustomEvent("page-changed"));
  }

  // under the heading of the page that answers: what was taken in and is known not to open
  warn(faulty) {
    const note = document.createElement("div");
    note.className = "note";
    const list = document.createElement("ul");
    list.append(...faulty.map((file) => { const row = document.createElement("li"); row.textContent = `${file.name}: ${file.fault}`; return row; }));
    note.append(this.form.dataset.unopened, list);
    document.querySelector("main h1").after(note);
  }

  // what was typed and sent stays; files that the server let go meanwhile are sent again
  async refused(answer) {
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    for (const file of this.files.filter((one) => one.id)) {
      await file.find();
      if (!file.done) file.state = "waits";
    }
    this.show();
    const said = page.querySelector("main .error");
    if (said) this.state.replaceChildren(said); else this.say(this.form.dataset.broken);
  }

  async look(button) {
    const place = this.form.querySelector("[data-looked]");
    button.disabled = true;
    place.textContent = button.dataset.look;
    place.setAttribute("aria-busy", "true");
    const body = await this.body();
    const answer = body && await ask("POST", button.formAction, { Accept: "text/html", "X-Part": "1" }, body);
    button.disabled = false;
    place.removeAttribute("aria-busy");
    this.say("");
    if (!answer) { place.textContent = body ? this.form.dataset.broken : this.form.dataset.again; return; }
    const page = new DOMParser().parseFromString(answer.responseText, "text/html");
    const wrong = page.querySelector("main .error");
    place.replaceChildren(...(wrong ? [wrong] : page.body.children));
  }
}

function prepareUploads() { document.querySelectorAll("form[data-upload]").forEach((form) => new Upload(form)); }
document.addEventListener("page-changed", prepareUploads);
prepareUploads();
