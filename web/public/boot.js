// Runs before the first paint. It is a file of its own because the content policy forbids scripts inside the page.
(function () {
  var root = document.documentElement;
  window.EXCALIDRAW_ASSET_PATH = "/excalidraw/";
  var chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch (_) {
    // Storage may be closed to us; the system's own theme then holds.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
})();
