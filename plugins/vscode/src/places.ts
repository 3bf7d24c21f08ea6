// What a code lens leads to: the server's places, made those of VS Code, in the list of references.

import * as vscode from "vscode";
import type { LanguageClient, Location, Position } from "vscode-languageclient/node";

export async function showPlaces(
  client: LanguageClient,
  uri: string,
  position: Position,
  locations: Location[],
): Promise<void> {
  const { protocol2CodeConverter: converter } = client;
  await vscode.commands.executeCommand(
    "editor.action.showReferences",
    converter.asUri(uri),
    converter.asPosition(position),
    await Promise.all(locations.map((location) => converter.asLocation(location))),
  );
}
