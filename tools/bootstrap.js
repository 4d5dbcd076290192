/**
 * Runs a TypeScript file of this repository, on a fresh clone too:
 *
 *     node tools/bootstrap.js <file.ts> [arguments…]
 *
 * Installs the packages of package-lock.json first when they are missing or others. Needs nothing but Node itself,
 * and stdout belongs to the file alone. Written for any Node, so that an old one gets a sentence and not a stack trace.
 */
'use strict';

const { spawn } = require('child_process');
const { createHash } = require('crypto');
const fs = require('fs');
const net = require('net');
const path = require('path');

const ROOT = path.dirname(__dirname);
const LOCKFILE = path.join(ROOT, 'package-lock.json');
const MODULES = path.join(ROOT, 'node_modules');
const STAMP = path.join(MODULES, '.scorekeep-lock');
const BAD_USAGE = 2;

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major >= 22 || (major === 20 && minor >= 19)) return;
  fail(`Scorekeep needs Node.js 20.19 or a later 20, or 22 and later; this is ${process.version}.`, 1);
}

function fail(message, exitCode) {
  process.stderr.write(`${message}\n`);
  process.exit(exitCode);
}

function isInstalled() {
  const lockHash = createHash('sha256').update(fs.readFileSync(LOCKFILE)).digest('hex');
  if (readOrEmpty(STAMP).trim() === lockHash) return true;
  if (!matchesLockfile()) return false;
  fs.writeFileSync(STAMP, `${lockHash}\n`);
  return true;
}

/** npm writes down what it has installed once it is complete. Packages for other platforms are rightly missing. */
function matchesLockfile() {
  const written = readOrEmpty(path.join(MODULES, '.package-lock.json'));
  if (written === '') return false;
  const present = JSON.parse(written).packages;
  const wanted = Object.entries(JSON.parse(fs.readFileSync(LOCKFILE, 'utf8')).packages);
  return wanted.every(
    ([folder, { version, optional }]) =>
      folder === '' || (present[folder] ? present[folder].version === version : optional === true),
  );
}

function readOrEmpty(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
}

/** Two commands on a fresh clone install once: the kernel gives this name to one process and takes it back at its end. */
async function install() {
  const name = `\0scorekeep-install-${createHash('sha256').update(fs.realpathSync(ROOT)).digest('hex').slice(0, 32)}`;
  for (;;) {
    const lock = process.platform === 'linux' ? await tryListen(name) : { release: () => undefined };
    if (lock) {
      const exitCode = isInstalled() ? 0 : await npmCi();
      lock.release();
      if (exitCode !== 0) fail('npm ci failed: see its output above.', 1);
      return;
    }
    process.stderr.write('Waiting for another command, which is installing the packages…\n');
    await closed(name);
  }
}

function tryListen(name) {
  const waiting = new Set();
  const server = net.createServer((socket) => {
    waiting.add(socket);
    socket.unref().on('error', () => undefined);
  });
  const release = () => {
    server.close();
    waiting.forEach((socket) => socket.destroy());
  };
  return new Promise((resolve, reject) => {
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)));
    server.listen(name, () => resolve({ release }));
  });
}

function closed(name) {
  return new Promise((resolve) =>
    net
      .connect(name)
      .on('error', () => undefined)
      .once('close', resolve),
  );
}

/**
 * npm must not go on in the background when this process is killed, for the next command would run into it: the shell
 * keeps reading from this process, and ends npm when there is nobody left to read from.
 */
const TIED_TO_ITS_READER = `exec 3<&0
"$@" 3<&- & program=$!
(read -r _ <&3; kill $program) & watcher=$!
wait $program; exit_code=$?
kill $watcher
exit $exit_code`;

async function npmCi() {
  process.stderr.write('Installing the packages of package-lock.json (npm ci)…\n');
  // the level is stated because `npm run -s` would silence this npm as well
  const command = ['npm', 'ci', '--loglevel=notice'];
  const shell = ['-c', TIED_TO_ITS_READER, 'sh', ...command];
  const exitCode = await run('/bin/sh', shell, { cwd: ROOT, stdio: ['pipe', 2, 2] });
  if (exitCode === 0 && !isInstalled()) fail('npm ci installed something else than package-lock.json says.', 1);
  return exitCode;
}

/** Signals go on to the program, which decides when it ends; a terminal sends Ctrl-C to it by itself. */
function run(program, parameters, options) {
  const child = spawn(program, parameters, options);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => fail(`${program} could not be started: ${error.message}`, 1));
    child.once('exit', (exitCode, signal) =>
      resolve(signal ? 128 + require('os').constants.signals[signal] : exitCode),
    );
  });
}

function runTypeScript(file, parameters) {
  const settings = {
    TS_NODE_PROJECT: path.join(ROOT, 'tsconfig.base.json'),
    NX_NO_CLOUD: 'true',
    NX_TUI: 'false',
    NX_DAEMON: 'false',
    // says on every run that some later version of the SDK will want a newer Node: the lockfile holds this one
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  return run(process.execPath, ['-r', '@swc-node/register', file, ...parameters], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  });
}

async function main() {
  checkNode();
  const [file, ...parameters] = process.argv.slice(2);
  if (!file) fail('Usage: node tools/bootstrap.js <file.ts> [arguments…]', BAD_USAGE);
  if (!isInstalled()) await install();
  process.exit(await runTypeScript(path.resolve(ROOT, file), parameters));
}

main().catch((error) => fail(error.stack, 1));
