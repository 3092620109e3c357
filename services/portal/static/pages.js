// What a page does better with a script; every form works without it.
document.documentElement.classList.add("scripted");
// a row of pages that is wider than a phone shows where one is
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

function once() {
  // randomUUID needs a secure address, which an office's own network may lack
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function size(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function prepareUpload(form) {
  const input = form.querySelector("input[name=files]");
  const camera = form.querySelector("#camera");
  const list = form.querySelector("[data-files]");
  const drop = form.querySelector("[data-drop]");
  let files = [];

  form.querySelectorAll("[data-once]").forEach((field) => { field.value = once(); });
  form.querySelector("[data-camera]").hidden = !window.matchMedia("(pointer: coarse)").matches;

  function take(more) {
    files = files.concat(Array.from(more));
    const held = new DataTransfer();
    files.forEach((file) => held.items.add(file));
    input.files = held.files;
    show();
  }

  function show() {
    list.replaceChildren(...files.map((file, index) => {
      const row = document.createElement("li");
      if (file.type.startsWith("image/")) {
        const picture = document.createElement("img");
        picture.alt = "";
        picture.src = URL.createObjectURL(file);
        picture.onload = () => URL.revokeObjectURL(picture.src);
        picture.onerror = () => picture.remove();
        row.append(picture);
      }
      const name = document.createElement("span");
      name.textContent = `${file.name} · ${size(file.size)}`;
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "second";
      remove.textContent = form.dataset.remove;
      remove.setAttribute("aria-label", `${form.dataset.remove}: ${file.name}`);
      remove.onclick = () => { files.splice(index, 1); take([]); input.focus(); };
      row.append(name, remove);
      return row;
    }));
    form.dispatchEvent(new CustomEvent("files-changed", { detail: files }));
  }

  input.addEventListener("change", () => {
    // choosing again adds to what was chosen: the browser alone would forget it
    const known = new Set(files.map((file) => `${file.name} ${file.size} ${file.lastModified}`));
    take(Array.from(input.files).filter((file) => !known.has(`${file.name} ${file.size} ${file.lastModified}`)));
  });
  camera.addEventListener("change", () => { take(camera.files); camera.value = ""; });
  ["dragover", "dragleave", "drop"].forEach((name) => drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop") take(event.dataTransfer.files);
  }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter && event.submitter.dataset.look) look(form, event.submitter);
    else send(form);
  });
}

async function look(form, button) {
  const place = form.querySelector("[data-looked]");
  button.disabled = true;
  place.textContent = button.dataset.look;
  try {
    const answer = await fetch(button.formAction, {
      method: "POST", body: new FormData(form), headers: { Accept: "text/html", "X-Part": "1" },
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...(page.querySelector("main .error") ? [page.querySelector("main .error")] : page.body.children));
  } catch {
    place.textContent = form.dataset.broken;
  }
  button.disabled = false;
}

function send(form) {
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const state = box.querySelector("[data-state]");
  const button = form.querySelector("button:not([type=button])");
  const request = new XMLHttpRequest();
  box.hidden = false;
  button.disabled = true;
  state.textContent = form.dataset.sending;
  request.upload.onprogress = (event) => {
    bar.value = event.total ? (100 * event.loaded) / event.total : 0;
    if (event.loaded === event.total) state.textContent = form.dataset.sent;
  };
  request.onload = () => {
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    document.title = answer.title;
    document.querySelector("main").replaceWith(answer.querySelector("main"));
    document.querySelector("main").focus();
    scrollTo(0, 0);
    prepare(document.querySelector("main"));
  };
  request.onerror = () => { state.textContent = form.dataset.broken; button.disabled = false; };
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "text/html");
  request.send(new FormData(form));
}

function prepare(root) {
  root.querySelectorAll("form[data-upload]").forEach(prepareUpload);
  root.querySelectorAll("[data-print]").forEach((button) => { button.onclick = () => print(); });
}

// the assistant: the box is emptied when the answer is there, and a voice fills it where the browser hears
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest ? event.target.closest("[data-ask]") : null;
  if (!form || !event.detail.successful) return;
  const box = form.querySelector("input[name=text]");
  box.value = "";
  box.focus();
});
const Hearing = window.SpeechRecognition || window.webkitSpeechRecognition;
document.querySelectorAll("[data-voice]").forEach((button) => {
  if (!Hearing) return;
  button.hidden = false;
  button.onclick = () => {
    const ear = new Hearing();
    ear.lang = button.dataset.voice;
    ear.onresult = (event) => {
      const box = button.form.querySelector("input[name=text]");
      box.value = event.results[0][0].transcript;
      box.focus();
    };
    ear.start();
  };
});

// the desk: a field shows where it was read; Enter confirms and goes on to the next that is not confirmed
function pointTo(field) {
  const figure = document.getElementById(field.dataset.picture);
  document.querySelectorAll(".sheet rect").forEach((old) => old.remove());
  if (!figure || !field.dataset.box) return;
  const [x, y, width, height] = field.dataset.box.split(" ");
  const mark = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  Object.entries({ x, y, width, height }).forEach(([name, value]) => mark.setAttribute(name, value));
  figure.querySelector("svg").append(mark);
  const box = document.querySelector(".pictures");
  const sheet = figure.querySelector(".sheet");
  box.scrollTop = sheet.offsetTop - box.offsetTop + y * sheet.offsetHeight - box.clientHeight / 3;
}

function fieldOf(event) { return event.target.closest ? event.target.closest(".field") : null; }
document.addEventListener("focusin", (event) => { if (fieldOf(event)) pointTo(fieldOf(event)); });
document.addEventListener("mouseover", (event) => { if (fieldOf(event)) pointTo(fieldOf(event)); });
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !fieldOf(event)) return;
  const inputs = Array.from(document.querySelectorAll(".field input[name=value]"));
  const next = inputs[inputs.indexOf(fieldOf(event).querySelector("input")) + step];
  if (next) { event.preventDefault(); next.focus(); next.select(); }
});
let confirmed = -1;
document.addEventListener("htmx:beforeRequest", (event) => {
  confirmed = Array.from(document.querySelectorAll(".field")).indexOf(fieldOf(event));
});
document.addEventListener("htmx:afterSettle", () => {
  const fields = Array.from(document.querySelectorAll(".field"));
  if (confirmed < 0 || !fields.length) return;
  const bad = fields[confirmed].querySelector("[aria-invalid]");
  const next = bad || (fields.slice(confirmed + 1).find((field) => !field.classList.contains("confirmed")) || fields[confirmed]).querySelector("input");
  confirmed = -1;
  next.focus();
  next.select();
});
// a value of the wrong format is answered with its row and the sentence: that row is shown too
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

prepare(document);
