"use strict";
// Starts `writ lsp` and gives its lenses something to do when they are clicked.

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

const LANGUAGES = [
  { scheme: "file", language: "markdown" },
  { scheme: "file", language: "writ-journal" },
  { scheme: "file", pattern: "**/*.cases.yaml" },
  { scheme: "file", pattern: "**/*.journal" },
];

function settings() {
  return vscode.workspace.getConfiguration("writ");
}

async function start() {
  const command = settings().get("command") || "writ";
  const log = settings().get("log");
  const run = {
    command,
    args: log ? ["lsp", "--log", log] : ["lsp"],
    transport: TransportKind.stdio,
  };
  client = new LanguageClient("writ", "Writ", { run, debug: run }, { documentSelector: LANGUAGES });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const said = `Writ: \`${command} lsp\` did not start. Is it installed, with its \`lsp\` extra?`;
    vscode.window.showErrorMessage(`${said} ${error.message || error}`);
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) {
    await running.stop();
  }
}

function converted(places) {
  return places.map(
    (place) =>
      new vscode.Location(
        vscode.Uri.parse(place.uri),
        new vscode.Range(
          place.range.start.line,
          place.range.start.character,
          place.range.end.line,
          place.range.end.character,
        ),
      ),
  );
}

function show(uri, position, places) {
  return vscode.commands.executeCommand(
    "editor.action.showReferences",
    vscode.Uri.parse(uri),
    new vscode.Position(position.line, position.character),
    converted(places),
  );
}

// A lens over a norm: show the cases that cite it, and run them.
async function cases(book, names, uri, position, places) {
  await show(uri, position, places);
  if (!client) {
    return;
  }
  const result = await client.sendRequest("workspace/executeCommand", {
    command: "writ.test",
    arguments: [book, names],
  });
  const wrong = [
    ...result.failed.map((one) => `${one.id}: expected ${one.expected}, got ${one.got}`),
    ...result.wrong,
  ];
  if (wrong.length) {
    vscode.window.showWarningMessage(`${result.passed} passed. ${wrong.join("; ")}`);
  } else {
    vscode.window.showInformationMessage(`${result.passed} passed`);
  }
}

// The folder of the book that a file lies in: the nearest `book.md` upwards.
async function bookOf(uri) {
  let folder = vscode.Uri.joinPath(uri, "..");
  for (;;) {
    try {
      await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, "book.md"));
      return folder;
    } catch {
      const above = vscode.Uri.joinPath(folder, "..");
      if (above.path === folder.path) {
        return undefined;
      }
      folder = above;
    }
  }
}

// Runs a command of the program as a task, without a shell: names of folders are never read as commands.
function task(name, folder, args) {
  const command = settings().get("command") || "writ";
  const work = new vscode.Task(
    { type: "writ", name },
    vscode.TaskScope.Workspace,
    name,
    "writ",
    new vscode.ProcessExecution(command, args, { cwd: folder.fsPath }),
  );
  return vscode.tasks.executeTask(work);
}

async function onBook(name, ...args) {
  const editor = vscode.window.activeTextEditor;
  const folder = editor && (await bookOf(editor.document.uri));
  if (!folder) {
    vscode.window.showWarningMessage("Writ: the open file belongs to no book");
    return;
  }
  await task(name, folder, [...args, "."]);
}

async function activate(context) {
  const register = (name, run) =>
    context.subscriptions.push(vscode.commands.registerCommand(name, run));
  register("writ.cases", cases);
  register("writ.assurances", (book, names, uri, position, places) => show(uri, position, places));
  register("writ.references", (book, names, uri, position, places) => show(uri, position, places));
  register("writ.prove", (book, names) =>
    task("prove", vscode.Uri.parse(book), ["prove", ".", names[0]]),
  );
  register("writ.check", () => onBook("check", "check"));
  register("writ.testBook", () => onBook("test", "test"));
  register("writ.restart", async () => {
    await stop();
    await start();
  });
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("writ")) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
