// The preview pane: the page of the active editor, as the server prints it, anew at each change.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

const pause = 150; // milliseconds without a keystroke, before the page is asked for

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private page: vscode.TextDocument | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners: vscode.Disposable;

  constructor(private readonly running: () => LanguageClient | undefined) {
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === this.page) {
          this.refreshSoon();
        }
      }),
    );
  }

  open(): void {
    this.panel ??= this.createPanel();
    this.panel.reveal(vscode.ViewColumn.Beside, true);
    this.follow(vscode.window.activeTextEditor);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listeners.dispose();
    this.panel?.dispose();
  }

  private createPanel(): vscode.WebviewPanel {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri);
    const panel = vscode.window.createWebviewPanel("balise.preview", "Preview", vscode.ViewColumn.Beside, {
      localResourceRoots: folders,
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.page = undefined;
    });
    return panel;
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (this.panel && editor?.document.languageId === "markdown") {
      this.page = editor.document;
      void this.refresh();
    }
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), pause);
  }

  private async refresh(): Promise<void> {
    const { page } = this;
    const client = this.running();
    if (!this.panel || !page || !client) {
      return;
    }
    const html = await client.sendRequest<string | null>("workspace/executeCommand", {
      command: "balise.preview",
      arguments: [client.code2ProtocolConverter.asUri(page.uri)],
    });
    if (this.panel && page === this.page) {
      this.panel.title = `Preview ${vscode.workspace.asRelativePath(page.uri)}`;
      this.panel.webview.html = html ?? "<p>This page is in no collection</p>";
    }
  }
}
