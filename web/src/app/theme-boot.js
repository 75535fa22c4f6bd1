// Sets the theme before the first paint. Runs as a blocking file: keep it this small.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("sightline-theme");
  } catch {
    // Storage may be switched off; the system's preference is then all there is.
  }
  const dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
