import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { findExecutable } from "../src/executable";

let folder: string;

function install(path: string): string {
  const command = join(folder, path);
  mkdirSync(dirname(command), { recursive: true });
  writeFileSync(command, "");
  chmodSync(command, 0o755);
  return command;
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "balise-"));
  process.env["PATH"] = join(folder, "path");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the command in .venv comes before the one on the PATH", () => {
  const onPath = install("path/balise");
  assert.equal(findExecutable("", [folder]), onPath);
  const inVenv = install(".venv/bin/balise");
  assert.equal(findExecutable("", [folder]), inVenv);
});

test("any folder of the workspace may have it", () => {
  const inVenv = install("second/.venv/bin/balise");
  assert.equal(findExecutable("", [folder, join(folder, "second")]), inVenv);
});

test("the setting comes first, relative to the first folder or with its name", () => {
  install(".venv/bin/balise");
  const other = install("tools/balise");
  assert.equal(findExecutable(other, [folder]), other);
  assert.equal(findExecutable("tools/balise", [folder]), other);
  assert.equal(findExecutable("${workspaceFolder}/tools/balise", [folder]), other);
});

test("a setting that names nothing is not passed over", () => {
  install("path/balise");
  assert.equal(findExecutable("tools/balise", [folder]), undefined);
});

test("a folder of that name and a file that cannot be run are no command", () => {
  mkdirSync(join(folder, ".venv/bin/balise"), { recursive: true });
  chmodSync(install("path/balise"), 0o644);
  assert.equal(findExecutable("", [folder]), undefined);
});

test("folders of the PATH that depend on where one is are left out", () => {
  install("path/balise");
  process.env["PATH"] = ".";
  assert.equal(findExecutable("", []), undefined);
});
