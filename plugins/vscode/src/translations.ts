// To the same place in another locale: a list of the locales with their state, and the place that the server names.

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient, type Location } from "vscode-languageclient/node";

interface Translation {
  locale: string;
  state: string;
  uri: string; // empty where the locale has no such page
}

export async function goToTranslation(client: LanguageClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return;
  }
  const uri = client.code2ProtocolConverter.asUri(editor.document.uri);
  const position = client.code2ProtocolConverter.asPosition(editor.selection.active);
  const found: Translation[] = await execute(client, "balise.translations", uri);
  const items = found
    .filter((translation) => translation.uri)
    .map(({ locale, state }) => ({ label: locale, description: state }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "The same place in another locale" });
  if (!chosen) {
    return;
  }
  const place: Location | null = await execute(client, "balise.samePlace", uri, position, chosen.label);
  const location = client.protocol2CodeConverter.asLocation(place);
  if (location) {
    await vscode.window.showTextDocument(location.uri, { selection: location.range });
  }
}

function execute<T>(client: LanguageClient, command: string, ...args: unknown[]): Promise<T> {
  return client.sendRequest(ExecuteCommandRequest.method, { command, arguments: args });
}
