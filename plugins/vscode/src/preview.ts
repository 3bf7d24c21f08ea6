// The preview pane: the page of the active editor, as the server prints it, anew at each change.

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

const pause = 150; // milliseconds without a keystroke, before the page is asked for

export class Preview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private page: vscode.TextDocument | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly listeners: vscode.Disposable;

  constructor(private readonly running: () => LanguageClient | undefined) {
    this.listeners = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor((editor) => this.follow(editor)),
      vscode.commands.registerCommand("balise.openFile", (uri: string) =>
        vscode.commands.executeCommand("vscode.open", vscode.Uri.parse(uri, true), vscode.ViewColumn.One),
      ),
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
      enableCommandUris: ["balise.openFile"],
    });
    panel.onDidDispose(() => {
      this.panel = undefined;
      this.page = undefined;
    });
    return panel;
  }

  private follow(editor: vscode.TextEditor | undefined): void {
    if (this.panel && editor?.document.languageId === "markdown" && editor.document !== this.page) {
      this.page = editor.document;
      this.panel.webview.html = ""; // so that another page begins at its top
      void this.refresh();
    }
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), pause);
  }

  /** Shows the page as it is now; nothing changes while no server runs. */
  async refresh(): Promise<void> {
    const { page } = this;
    const client = this.running();
    if (!this.panel || !page || !client) {
      return;
    }
    let html: string | null;
    try {
      html = await client.sendRequest<string | null>(ExecuteCommandRequest.method, {
        command: "balise.preview",
        arguments: [client.code2ProtocolConverter.asUri(page.uri)],
      });
    } catch {
      return; // the output has what the server said, and the pane what it showed last
    }
    if (this.panel && page === this.page) {
      this.panel.title = `Preview ${vscode.workspace.asRelativePath(page.uri)}`;
      this.panel.webview.html = html ? loadable(html, this.panel.webview) : "This page is in no collection";
    }
  }
}

/** The page with `file:` addresses made those that a webview loads its pictures from, and commands for its links. */
function loadable(html: string, webview: vscode.Webview): string {
  return html
    .replace("img-src file:", `img-src ${webview.cspSource}`)
    .replace(/(?<= src=")file:[^"]*/g, (address) => webview.asWebviewUri(uriOf(address)).toString())
    .replace(/(?<= href=")file:[^"]*/g, (address) => {
      const argument = encodeURIComponent(JSON.stringify([uriOf(address).toString()]));
      return `command:balise.openFile?${argument}`;
    });
}

function uriOf(address: string): vscode.Uri {
  return vscode.Uri.parse(address.replaceAll("&amp;", "&"), true);
}
