// The item of the status bar: whether the server runs, and what can be done about it.

import * as vscode from "vscode";
import { State } from "vscode-languageclient/node";

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("balise", vscode.StatusBarAlignment.Left);

  constructor() {
    this.item.name = "balise";
    this.item.command = "balise.showOutput";
    this.item.show();
  }

  show(state: State, executable: string): void {
    const running = state === State.Running;
    void vscode.commands.executeCommand("setContext", "balise.running", running);
    if (running) {
      this.set("$(check) balise", `${executable} server`);
    } else if (state === State.Starting) {
      this.set("$(sync~spin) balise", "The server starts");
    } else {
      this.set("$(error) balise", "The server does not run", "statusBarItem.errorBackground");
    }
  }

  showMissing(reason: string): void {
    this.set("$(warning) balise", reason, "statusBarItem.warningBackground");
  }

  dispose(): void {
    this.item.dispose();
  }

  private set(text: string, reason: string, background?: string): void {
    const tooltip = new vscode.MarkdownString(undefined, true);
    tooltip.isTrusted = { enabledCommands: ["balise.restart", "balise.showOutput"] };
    tooltip.appendText(reason);
    tooltip.appendMarkdown(
      "\n\n[Restart](command:balise.restart) · [Output](command:balise.showOutput)",
    );
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.backgroundColor = background ? new vscode.ThemeColor(background) : undefined;
  }
}
