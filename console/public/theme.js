// Sets the theme before first paint, from the reader's choice or else the system's.
// src/lib/theme.ts takes over when the application has started; the storage key is the one of src/lib/preferences.ts.
(function () {
  var choice = null;
  try {
    choice = JSON.parse(localStorage.getItem("meterlog.theme") || "null");
  } catch {
    // Storage refused or its value damaged: the system's theme is the answer either way.
  }
  var system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = choice === "light" || choice === "dark" ? choice : system;
})();
