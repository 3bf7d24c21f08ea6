// Where the command `balise` is: where the settings say, in the workspace's `.venv`, or on the PATH.

import { accessSync, constants, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";

const windows = process.platform === "win32";
const inVenv = windows ? join(".venv", "Scripts", "balise.exe") : join(".venv", "bin", "balise");
const onPath = windows ? "balise.exe" : "balise";

/** The path of the command; undefined where there is none. A `setting` is never passed over for another one. */
export function findExecutable(setting: string, folders: readonly string[]): string | undefined {
  if (setting !== "") {
    const named = expand(setting, folders);
    return isExecutable(named) ? named : undefined;
  }
  const onPaths = (process.env["PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return [
    ...folders.map((folder) => join(folder, inVenv)),
    ...onPaths.map((folder) => join(folder, onPath)),
  ].find(isExecutable);
}

function expand(setting: string, folders: readonly string[]): string {
  const [first = ""] = folders;
  const path = setting.replaceAll("${workspaceFolder}", first).replace(/^~(?=[\\/])/, homedir());
  return isAbsolute(path) ? path : join(first, path);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
