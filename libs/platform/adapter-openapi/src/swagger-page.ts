import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Paths are relative to the page, so that it works behind a gateway's prefix too. */
export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
  </head>
  <body>
    <div id="docs"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

export const startScript = `SwaggerUIBundle({ url: 'docs/json', dom_id: '#docs', deepLinking: true });\n`;

/** Nothing from elsewhere; Swagger UI sets styles inline. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** @param name of a file of swagger-ui-dist */
export function swaggerFile(name: 'swagger-ui.css' | 'swagger-ui-bundle.js'): Promise<string> {
  return readFile(join(dirname(require.resolve('swagger-ui-dist/package.json')), name), 'utf8');
}
