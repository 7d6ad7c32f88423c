// Bundles the engines that run in a browser: node bundle.mjs FOLDER
// FOLDER contains node_modules, and gets enketo.js and webforms.js.
import { createRequire } from 'node:module';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const folder = path.resolve(process.argv[2]);
const { build } = createRequire(path.join(folder, 'package.json'))('esbuild');
const core = path.join(folder, 'node_modules/enketo-core');

// The entries must be beside node_modules for their imports to be found.
for (const name of ['enketo.mjs', 'webforms.mjs', 'no-widgets.mjs']) {
  copyFileSync(path.join(here, name), path.join(folder, name));
}
const common = { bundle: true, format: 'iife', platform: 'browser', logLevel: 'error', absWorkingDir: folder };
await build({
  ...common,
  entryPoints: ['enketo.mjs'],
  outfile: 'enketo.js',
  external: ['libxslt'],
  supported: { 'dynamic-import': true },
  loader: { '.svg': 'text', '.png': 'dataurl' },
  alias: {
    'enketo-transformer/web': './node_modules/enketo-transformer/dist/enketo-transformer/web/transformer.js',
    'enketo/config': path.join(core, 'config.js'),
    'enketo/widgets': './no-widgets.mjs',
    'enketo/translator': path.join(core, 'src/js/fake-translator'),
    'enketo/dialog': path.join(core, 'src/js/fake-dialog'),
    'enketo/file-manager': path.join(core, 'src/js/file-manager'),
    'enketo/xpath-evaluator-binding': path.join(core, 'src/js/xpath-evaluator-binding'),
  },
});
await build({ ...common, format: 'esm', entryPoints: ['webforms.mjs'], outfile: 'webforms.js', loader: { '.wasm': 'dataurl' } });
