/** Loaded before an app's own code: says on stderr when the app first asks for a server, and what it holds by then; ends. */
const { Socket } = require('node:net');

Socket.prototype.connect = function firstConnection() {
  const figures = {
    startMs: Math.round(performance.now()),
    rssMb: Math.round(process.memoryUsage().rss / 2 ** 20),
    modules: Object.keys(require.cache).length,
  };
  process.stderr.write(`\nfirst-connection ${JSON.stringify(figures)}\n`, () => process.exit(0));
  return this;
};
