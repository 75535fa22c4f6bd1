// After the build: a .gz beside each asset, the sizes that a visitor pays, and the budgets they must keep.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const OUT = "target/classes/web";
const COMPRESSIBLE = /\.(js|css|svg|txt)$/;
const EDITOR = "PromqlEditor";
const FIRST_ROUTE_BUDGET_KB = 260;
const EDITOR_BUDGET_KB = 160;
const LAZY_BUDGET_KB = 60;

const gzipBytes = compressAssets(join(OUT, "assets"));
const manifest = JSON.parse(readFileSync(join(OUT, ".vite/manifest.json"), "utf8"));
rmSync(join(OUT, ".vite"), { recursive: true });

const entry = Object.values(manifest).find(({ isEntry }) => isEntry);
const shell = filesLoadedBy(entry);
const parts = Object.values(manifest).filter(({ isDynamicEntry }) => isDynamicEntry);
const home = parts.find(({ name }) => name === "HomePage");
const loads = [
  { name: "first route (shell and home)", files: union(shell, filesLoadedBy(home)), budget: FIRST_ROUTE_BUDGET_KB },
  ...parts.map((part) => lazy(part, part.name === EDITOR ? EDITOR_BUDGET_KB : LAZY_BUDGET_KB)),
];
let failed = false;
console.log("web: gzip sizes");
for (const { name, files, budget } of loads) report(name, files, budget);
process.exit(failed ? 1 : 0);

function compressAssets(folder) {
  const sizes = new Map();
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    if (!COMPRESSIBLE.test(name)) continue;
    const packed = gzipSync(bytes, { level: 9 });
    writeFileSync(join(folder, `${name}.gz`), packed);
    sizes.set(`assets/${name}`, packed.length);
  }
  return sizes;
}

/** A lazily loaded part, without what the shell has already brought. */
function lazy(part, budget) {
  return { name: part.name, files: new Set([...filesLoadedBy(part)].filter((file) => !shell.has(file))), budget };
}

function filesLoadedBy(chunk, found = new Set()) {
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const css of chunk.css ?? []) found.add(css);
  for (const imported of chunk.imports ?? []) filesLoadedBy(manifest[imported], found);
  return found;
}

function union(a, b) {
  return new Set([...a, ...b]);
}

function report(name, files, budgetKb) {
  const kb = [...files].reduce((sum, file) => sum + (gzipBytes.get(file) ?? 0), 0) / 1000;
  const over = kb > budgetKb;
  failed ||= over;
  console.log(
    `  ${kb.toFixed(1).padStart(7)} kB of ${String(budgetKb).padStart(3)}  ${name}${over ? "  OVER BUDGET" : ""}`,
  );
}
