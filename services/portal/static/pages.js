// What a page does better with a script; every form works without it.
document.documentElement.classList.add("scripted");
// a row of pages that is wider than a phone shows where one is
document.querySelector(".sections [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

function prepare(root) {
  root.querySelectorAll("[data-print]").forEach((button) => { button.onclick = () => print(); });
}

// the assistant: the box is emptied when the answer is there, and a voice fills it where the browser hears
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest ? event.target.closest("[data-ask]") : null;
  if (!form || !event.detail.successful) return;
  const box = form.querySelector("input[name=text]");
  box.value = "";
  // a long answer is read from its question on, on a phone too
  box.focus({ preventScroll: true });
  Array.from(document.querySelectorAll(".turn")).pop()?.scrollIntoView({ block: "start" });
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

// letters as keys wherever nothing is typed: j and k go down and up the list or the fields, "/" seeks, n takes in anew,
// x goes to what may be done
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea, [data-sort]")) return;
  const link = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  const step = { j: 1, k: -1 }[event.key];
  const stops = Array.from(document.querySelectorAll(".work a.code, .field input[name=value]"));
  if (link) link.click();
  else if (event.key === "x" && document.querySelector(".do"))
    Array.from(document.querySelectorAll(".do summary")).find((one) => one.offsetParent)?.focus();
  else if (event.key === "/") document.querySelector("main input[type=search]")?.focus();
  else if (step && stops.length) {
    const at = stops.indexOf(document.activeElement.closest(".field")?.querySelector("input[name=value]") || document.activeElement);
    const next = stops[at < 0 ? 0 : Math.max(0, Math.min(stops.length - 1, at + step))];
    next.focus();
    if (next.select) next.select();
  } else return;
  event.preventDefault();
});
// what is being asked for says so, but for a page that looks again by itself
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (!detail.target?.matches("[data-quiet]")) detail.target?.setAttribute("aria-busy", "true");
  if (detail.elt.matches("form") && !detail.elt.closest(".field")) shut(detail.elt, true);
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  detail.target?.removeAttribute("aria-busy");
  if (detail.elt.matches("form")) shut(detail.elt, false);
});

// a form is sent once, however often its button is pressed; a page that is come back to can be sent again
function shut(form, is) {
  Array.from(form.elements).filter((one) => one.type === "submit").forEach((button) => { button.disabled = is; });
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.hasAttribute("aria-busy")) { event.preventDefault(); return; }
  form.setAttribute("aria-busy", "true");
  // not before the browser has taken which button it was
  setTimeout(() => shut(form, true));
  setTimeout(() => { form.removeAttribute("aria-busy"); shut(form, false); }, 20000);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[aria-busy]").forEach((form) => { form.removeAttribute("aria-busy"); shut(form, false); });
});

// an answer that does not come, or is an error, is said in one place of each page until the next one is there
const trouble = document.getElementById("trouble");
function sayTrouble(words) { trouble.textContent = words; trouble.hidden = !words; }
function reasonOf(answer) {
  try {
    const problem = JSON.parse(answer.responseText);
    return problem.details[document.documentElement.lang];
  } catch {
    return trouble.dataset.failed;
  }
}
document.addEventListener("htmx:sendError", () => sayTrouble(trouble.dataset.offline));
document.addEventListener("htmx:timeout", () => sayTrouble(trouble.dataset.offline));
document.addEventListener("htmx:responseError", ({ detail }) => sayTrouble(reasonOf(detail.xhr)));
document.addEventListener("htmx:afterRequest", ({ detail }) => { if (detail.successful) sayTrouble(""); });

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
let looked = false;
document.addEventListener("htmx:beforeRequest", (event) => {
  // a value shown in full keeps the officer where he is
  looked = Boolean(event.target.closest?.(".reveal"));
  confirmed = Array.from(document.querySelectorAll(".field")).indexOf(fieldOf(event));
});
document.addEventListener("htmx:afterSettle", () => {
  const fields = Array.from(document.querySelectorAll(".field"));
  if (confirmed < 0 || !fields.length) return;
  const bad = fields[confirmed].querySelector(looked ? "input[name=value]" : "[aria-invalid]");
  const next = bad || (fields.slice(confirmed + 1).find((field) => !field.classList.contains("confirmed")) || fields[confirmed]).querySelector("input");
  confirmed = -1;
  next.focus();
  next.select();
});
// a value of the wrong format is answered with its row and the sentence: that row is shown too
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422 && event.detail.xhr.getResponseHeader("content-type").startsWith("text/html")) { event.detail.shouldSwap = true; event.detail.isError = false; }
});

prepare(document);
