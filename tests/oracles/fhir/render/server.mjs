// Serves the pages and the renderers on 127.0.0.1. Everything else is 404: there is no access to the network.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const BUILT = here('../../../../target/oracles/render/');
const ROUTES = { '/lforms/': `${BUILT}lforms/dist/lforms/`, '/build/': `${BUILT}build/`, '/pages/': here('pages/') };
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png' };

export function serve() {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = find(path);
    response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
    if (file) createReadStream(file).pipe(response);
    else response.end();
  });
  return new Promise((done) => {
    server.listen(0, '127.0.0.1', () => done({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}

function find(path) {
  const [prefix, folder] = Object.entries(ROUTES).find(([p]) => path.startsWith(p)) ?? [];
  if (!prefix) return undefined;
  const file = normalize(join(folder, path.slice(prefix.length)));
  const isFile = file.startsWith(folder) && statSync(file, { throwIfNoEntry: false })?.isFile();
  return isFile ? file : undefined;
}
