// The extension: starts `balise server`, restarts it, shows how it is. All that it says of guides is the server's.

import * as vscode from "vscode";
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  State,
  type CloseHandlerResult,
  type ErrorHandler,
  type ErrorHandlerResult,
  type LanguageClientOptions,
  type Location,
  type Position,
} from "vscode-languageclient/node";

import { findExecutable } from "./executable";
import { showPlaces } from "./places";
import { Preview } from "./preview";
import { Status } from "./status";
import { goToTranslation } from "./translations";

// The server knows which of these belong to a collection, and is silent about all others.
const documents = ["**/*.md", "**/*.{yml,yaml}", "**/balise.toml", "**/_redirects", "**/links/**"];

// Settings that the server reads as it starts, by the names that both have for them.
const settings = ["codeLens", "inlayHints", "unsafeFixes"];

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("balise", { log: true });
  const status = new Status();
  const preview = new Preview(running);
  context.subscriptions.push(
    output,
    status,
    preview,
    vscode.commands.registerCommand("balise.openPreview", () => preview.open()),
    vscode.commands.registerCommand("balise.goToTranslation", async () => {
      const server = running();
      if (server) {
        await goToTranslation(server);
      }
    }),
    vscode.commands.registerCommand(
      "balise.showPlaces",
      async (uri: string, position: Position, locations: Location[]) => {
        const server = running();
        if (server) {
          await showPlaces(server, uri, position, locations);
        }
      },
    ),
    vscode.commands.registerCommand("balise.restart", () => restart(output, status, preview)),
    vscode.commands.registerCommand("balise.showOutput", () => output.show(true)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (["path", ...settings].some((name) => change.affectsConfiguration(`balise.${name}`))) {
        await restart(output, status, preview);
      }
    }),
  );
  await restart(output, status, preview);
}

function running(): LanguageClient | undefined {
  return client?.state === State.Running ? client : undefined;
}

export async function deactivate(): Promise<void> {
  await stop();
}

async function stop(): Promise<void> {
  const stopped = client;
  client = undefined;
  if (stopped?.state === State.Running) {
    await stopped.stop();
  }
}

async function restart(output: vscode.LogOutputChannel, status: Status, preview: Preview): Promise<void> {
  await stop();
  const setting = vscode.workspace.getConfiguration("balise").get("path", "");
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath);
  const executable = findExecutable(setting, folders);
  if (executable === undefined) {
    const reason = setting
      ? `there is no command at ${setting}, which the setting balise.path names`
      : "balise is not there: install it with `pip install 'balise[editor]'`, or name it in the setting balise.path";
    status.showMissing(reason);
    output.error(reason);
    return;
  }
  output.info(`starts ${executable} server`);
  const started = new LanguageClient(
    "balise",
    { command: executable, args: ["server"] },
    clientOptions(output),
  );
  client = started;
  started.onDidChangeState(({ newState }) => {
    status.show(newState, executable);
    if (newState === State.Running) {
      void preview.refresh();
    }
  });
  try {
    await started.start();
  } catch {
    status.show(State.StartFailed, executable); // the output has what the server said
  }
}

function clientOptions(outputChannel: vscode.LogOutputChannel): LanguageClientOptions {
  const configuration = vscode.workspace.getConfiguration("balise");
  return {
    documentSelector: documents.map((pattern) => ({ scheme: "file", pattern })),
    initializationOptions: Object.fromEntries(settings.map((name) => [name, configuration.get(name)])),
    outputChannel,
    errorHandler: new OnceMore(),
    initializationFailedHandler: () => false,
  };
}

/** Starts a server that ended once more, unless it has not lived long enough to be of use. */
class OnceMore implements ErrorHandler {
  private begun = Date.now();

  error(): ErrorHandlerResult {
    return { action: ErrorAction.Continue };
  }

  closed(): CloseHandlerResult {
    const lived = Date.now() - this.begun;
    this.begun = Date.now();
    return lived < 30_000
      ? { action: CloseAction.DoNotRestart, message: "balise server has ended; its output says why" }
      : { action: CloseAction.Restart };
  }
}
