// Writes, reads, changes and removes files in node's three ways: synchronously, by promises, and as streams.
'use strict';
const fs = require('fs');
const { pipeline } = require('stream/promises');

const shown = [];
function show(what, value) {
  shown.push(`${what}: ${Buffer.isBuffer(value) ? value.toString() : value}`);
}

// The error's code where there is one, and never its text: that holds paths.
function attempt(what, call) {
  try {
    show(what, call());
  } catch (error) {
    show(what, error.code);
  }
}

function describe(path) {
  const status = fs.lstatSync(path);
  const kind = [status.isFile(), status.isDirectory(), status.isSymbolicLink()].map(Number).join('');
  return `${kind} ${status.size} ${(status.mode & 0o7777).toString(8)} ${status.nlink} ${status.mtimeMs === 1e12}`;
}

function synchronously() {
  fs.mkdirSync('d/deep', { recursive: true });
  fs.writeFileSync('f', 'first\n', { mode: 0o640 });
  fs.appendFileSync('f', 'second\n');
  attempt('exclusive', () => fs.writeFileSync('f', 'x', { flag: 'wx' }));
  attempt('none', () => fs.readFileSync('none'));
  const fd = fs.openSync('f', 'r+');
  fs.writeSync(fd, 'FIRST', 0);
  fs.ftruncateSync(fd, 8);
  fs.fsyncSync(fd);
  show('size', fs.fstatSync(fd).size);
  fs.closeSync(fd);
  show('f', fs.readFileSync('f'));
  fs.utimesSync('f', 1e9, 1e9);
  fs.chmodSync('f', 0o600);
  show('lstat', describe('f'));
  fs.linkSync('f', 'd/hard');
  fs.symlinkSync('f', 'link');
  show('link', `${describe('link')} ${fs.readlinkSync('link')} ${fs.realpathSync('link') === fs.realpathSync('f')}`);
  attempt('readlink', () => fs.readlinkSync('f'));
  show('native', fs.realpathSync.native('f').endsWith('/files/f'));
  fs.copyFileSync('f', 'copied');
  attempt('copy', () => fs.copyFileSync('f', 'copied', fs.constants.COPYFILE_EXCL));
  fs.renameSync('copied', 'd/renamed');
  attempt('rename', () => fs.renameSync('none', 'f'));
  fs.cpSync('d', 'e', { recursive: true, preserveTimestamps: true });
  show('access', fs.accessSync('f', fs.constants.W_OK));
  const entries = fs.readdirSync('.', { withFileTypes: true });
  show('entries', entries.map((entry) => `${entry.name} ${entry.isFile()} ${entry.isSymbolicLink()}`).sort().join());
  fs.renameSync(fs.mkdtempSync('temporary-'), 'temporary');
}

async function byPromises() {
  const file = await fs.promises.open('promised', 'w+');
  await file.writev([Buffer.from('one '), Buffer.from('two')]);
  await file.datasync();
  const buffer = Buffer.alloc(3);
  await file.read(buffer, 0, 3, 4);
  show('read', buffer);
  await file.chmod(0o604);
  await file.close();
  await Promise.all([...Array(40).keys()].map((n) => fs.promises.writeFile(`d/many-${n}`, `${n}`)));
  const many = await fs.promises.readdir('d');
  const texts = await Promise.all(many.filter((name) => name.startsWith('many')).map((name) =>
    fs.promises.readFile(`d/${name}`, 'utf8')));
  show('many', texts.map(Number).reduce((sum, n) => sum + n, 0));
  await Promise.all(many.slice(0, 30).map((name) => fs.promises.unlink(`d/${name}`).catch((error) => error.code)));
  show('unlink', await fs.promises.unlink('none').catch((error) => error.code));
  show('rmdir', await fs.promises.rmdir('d').catch((error) => error.code));
  await fs.promises.rename('promised', 'd/deep/promised');
  for await (const entry of await fs.promises.opendir('d/deep')) show('entry', `${entry.name} ${entry.isFile()}`);
  await fs.promises.truncate('d/deep/promised', 4);
  await fs.promises.lutimes('d/deep/promised', 1e9, 1e9);
  show('promised', `${describe('d/deep/promised')} ${await fs.promises.readFile('d/deep/promised')}`);
}

async function asStreams() {
  const output = fs.createWriteStream('streamed');
  for (let n = 0; n < 20000; n += 1) output.write(`line ${n}\n`);
  await new Promise((resolve) => output.end(resolve));
  await pipeline(fs.createReadStream('streamed'), require('zlib').createGzip(), fs.createWriteStream('streamed.gz'));
  await pipeline(fs.createReadStream('streamed.gz'), require('zlib').createGunzip(),
    fs.createWriteStream('streamed', { flags: 'a' }));
  show('streamed', fs.statSync('streamed').size);
  await pipeline(fs.createReadStream('streamed', { start: 5, end: 9 }), fs.createWriteStream('part'));
  show('part', JSON.stringify(fs.readFileSync('part', 'utf8')));
}

// A watched file tells of what is written to it, and of its removal.
async function watched() {
  fs.writeFileSync('watched', '');
  const events = new Set();
  const watcher = fs.watch('watched', (event) => events.add(event));
  fs.appendFileSync('watched', 'x');
  while (!events.has('change')) await new Promise((resolve) => setTimeout(resolve, 5));
  fs.unlinkSync('watched');
  while (!events.has('rename')) await new Promise((resolve) => setTimeout(resolve, 5));
  watcher.close();
  show('events', [...events].sort().join());
}

async function main() {
  synchronously();
  await byPromises();
  await asStreams();
  await watched();
  fs.rmSync('e', { recursive: true });
  fs.writeFileSync('required.js', 'module.exports = __filename.split("/").slice(-2).join("/");\n');
  show('required', require(`${process.cwd()}/required.js`));
  show('child', require('child_process').execFileSync('sh', ['-c', 'echo child >child; cat child']));
  console.log(shown.join('\n'));
}

main();
