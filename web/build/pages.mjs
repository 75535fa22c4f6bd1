// Builds the pages for Maven: installs packages when the lock file changed, builds when a source changed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const INSTALL_STAMP = "node_modules/.sightline-lock";
const BUILD_STAMP = "target/pages.sources";
const INSTALL_SOURCES = ["package.json", "package-lock.json", ".npmrc"];
const BUILD_SOURCES = [...INSTALL_SOURCES, "index.html", "vite.config.ts", "tsconfig.json", "build", "src"];

installWhenChanged();
buildWhenChanged();

function installWhenChanged() {
  const digest = digestOf(INSTALL_SOURCES);
  if (stampIs(INSTALL_STAMP, digest)) return;
  npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
  writeFileSync(INSTALL_STAMP, digest);
}

function buildWhenChanged() {
  const digest = digestOf(BUILD_SOURCES);
  if (existsSync("target/classes/web/index.html") && stampIs(BUILD_STAMP, digest)) {
    console.log("web: the pages are up to date");
    return;
  }
  npm("run", "--silent", "build");
  writeFileSync(BUILD_STAMP, digest);
}

function npm(...args) {
  const { status, error } = spawnSync("npm", args, { stdio: "inherit" });
  if (error) console.error(`web: npm could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function stampIs(path, digest) {
  return existsSync(path) && readFileSync(path, "utf8") === digest;
}

/** A digest of the names and contents of files and, recursively, folders. */
function digestOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesBelow)) hash.update(`${file}\0`).update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}

function filesBelow(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
