// One file that goes ahead of its form in pieces (tus 1.0.0): over a broken line or a reload it goes on where it was.
const PIECE = 1048576;
const TUS = { "Tus-Resumable": "1.0.0" };
const SLOWEST = 30000;

function once() {
  // randomUUID needs a secure address, which an office's own network may lack
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function size(bytes) {
  return bytes < 1048576 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

// an answer, or nothing when the line is broken
function ask(method, address, headers, body, moved) {
  return new Promise((tell) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    Object.entries({ ...TUS, ...headers }).forEach(([name, value]) => request.setRequestHeader(name, value));
    if (moved) request.upload.onprogress = (event) => moved(event.loaded);
    request.onload = () => tell(request);
    request.onerror = () => tell(null);
    request.timeout = 120000;
    request.ontimeout = () => tell(null);
    request.send(body);
  });
}

function rest(milliseconds) {
  return new Promise((over) => {
    const timer = setTimeout(over, milliseconds);
    addEventListener("online", () => { clearTimeout(timer); over(); }, { once: true });
  });
}

// one file: `id` once the server waits for it, `offset` bytes there, `file` unless the page was loaded anew
class Arriving {
  constructor(facts, form, changed) {
    Object.assign(this, { name: "", size: 0, modified: 0, id: "", offset: 0, file: null, inline: false, state: "waits" }, facts);
    this.headers = { "X-CSRF-Token": form.querySelector("[name=csrf]").value };
    this.changed = changed;
  }

  get done() { return this.inline || (this.id && this.offset === this.size); }

  is(file) { return file.name === this.name && file.size === this.size && file.lastModified === this.modified; }

  async send() {
    let wait = 1000;
    this.state = "sending";
    while (!this.done && this.state === "sending" && this.file) {
      const before = this.offset;
      if (await this.step()) wait = 1000;
      else {
        this.changed("broken");
        await rest(wait);
        wait = this.offset > before ? 1000 : Math.min(wait * 2, SLOWEST);
        // what arrived before the line broke is not sent again
        if (this.id) await this.find();
      }
      this.changed();
    }
  }

  async step() {
    if (!this.id) return this.announce();
    const answer = await ask("PATCH", `/v1/uploads/${this.id}`,
      { ...this.headers, "Content-Type": "application/offset+octet-stream", "Upload-Offset": this.offset },
      this.file.slice(this.offset, this.offset + PIECE), (loaded) => this.changed("", loaded));
    if (!answer || answer.status >= 500 || answer.status === 409) return false;
    if (answer.status === 404) { this.id = ""; this.offset = 0; return true; }
    if (answer.status !== 204) return this.giveUp();
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    return true;
  }

  async announce() {
    const answer = await ask("POST", "/v1/uploads",
      { ...this.headers, "Upload-Length": this.size, "Upload-Metadata": `filename ${base64(this.name)}` });
    if (!answer || answer.status >= 500) return false;
    if (answer.status !== 201) return this.giveUp();
    this.id = answer.getResponseHeader("Location").split("/").pop();
    this.changed();
    return true;
  }

  async find() {
    const answer = await ask("HEAD", `/v1/uploads/${this.id}`, this.headers);
    if (answer && answer.status === 200) this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    if (answer && answer.status === 404) { this.id = ""; this.offset = 0; }
    return Boolean(answer);
  }

  // the server takes no pieces of it: it goes with the form, which says why where it is refused
  giveUp() { this.inline = true; return true; }

  stop() {
    this.state = "stopped";
    if (this.id) ask("DELETE", `/v1/uploads/${this.id}`, this.headers);
  }
}
