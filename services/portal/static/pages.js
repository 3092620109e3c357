// What a page does better with a script; every form works without it.
document.documentElement.classList.add("scripted");

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
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
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

prepare(document);
