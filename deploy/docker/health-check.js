/** Exit 0 while the app in this container works: it answers /health/live, or is a command, which has nothing to answer. */
'use strict';

const port = process.env.HTTP_PORT || process.env.HEALTH_PORT;

if (port) {
  fetch(`http://127.0.0.1:${port}/health/live`, { signal: AbortSignal.timeout(4_000) }).then(
    ({ ok }) => process.exit(ok ? 0 : 1),
    () => process.exit(1),
  );
}
