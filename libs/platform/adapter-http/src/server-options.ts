import { type ServerOptions } from 'node:http';

/** Longer than the idle time after which load balancers close (60 s), so that they, not we, end a connection. */
const KEEP_ALIVE_MS = 72_000;
/** For a whole request to arrive, over a phone's worst network. */
const ARRIVAL_TIMEOUT_MS = 60_000;
const CHECK_INTERVAL_MS = 5_000;
/** Room for over-long tokens, which are to be refused as such and not as headers. */
const HEADERS_MAX_BYTES = 64 * 1024;

/** Of both servers. */
export const serverOptions = {
  keepAliveTimeout: KEEP_ALIVE_MS,
  requestTimeout: ARRIVAL_TIMEOUT_MS,
  connectionsCheckingInterval: CHECK_INTERVAL_MS,
  maxHeaderSize: HEADERS_MAX_BYTES,
} satisfies ServerOptions;
