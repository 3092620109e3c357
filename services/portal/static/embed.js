// One script tag on another site: <script src="https://…/static/embed.js" defer></script> adds a button that opens the
// assistant in a frame. The page around it gives nothing away and gets nothing.
(() => {
  const home = new URL(document.currentScript.src).origin;
  const english = document.documentElement.lang.startsWith("en");
  const words = english ? { open: "Ask Một cửa", close: "Close" } : { open: "Hỏi Một cửa", close: "Đóng" };
  const button = document.createElement("button");
  const frame = document.createElement("iframe");
  frame.src = "about:blank";
  frame.title = words.open;
  frame.hidden = true;
  button.type = "button";
  button.textContent = words.open;
  button.setAttribute("aria-expanded", "false");
  Object.assign(button.style, {
    position: "fixed", right: "16px", bottom: "16px", zIndex: 2147483000, padding: "12px 18px", minHeight: "46px",
    border: "0", borderRadius: "24px", background: "#9b1c1f", color: "#fff", font: "600 16px sans-serif", cursor: "pointer",
  });
  Object.assign(frame.style, {
    position: "fixed", right: "16px", bottom: "74px", zIndex: 2147483000, width: "min(420px, calc(100vw - 32px))",
    height: "min(600px, calc(100vh - 100px))", border: "1px solid #999", borderRadius: "12px", background: "#fff",
  });
  function toggle() {
    const opens = frame.hidden;
    if (opens && frame.src === "about:blank") frame.src = `${home}/hoi-dap/khung?lang=${english ? "en" : "vi"}`;
    frame.hidden = !opens;
    button.textContent = opens ? words.close : words.open;
    button.setAttribute("aria-expanded", String(opens));
    if (opens) frame.focus();
  }
  button.addEventListener("click", toggle);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !frame.hidden) { toggle(); button.focus(); } });
  document.body.append(frame, button);
})();
