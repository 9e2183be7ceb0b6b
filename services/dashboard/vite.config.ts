import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Where `npm start` serves the surface that `npm run dev` shows pages of. */
const SURFACE = 'http://127.0.0.1:3000';

/** Leaves a .gz and a .br beside every text worth it, once: a server sends them as they are (libs/host/pages.ts, the front). */
const COMPRESSED = /\.(js|css|html|svg|json)$/;
const COMPRESSED_FROM_BYTES = 1_024;
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }) {
      for (const name of await readdir(dir, { recursive: true })) {
        if (!COMPRESSED.test(name)) continue;
        const bytes = await readFile(join(dir, name));
        if (bytes.length < COMPRESSED_FROM_BYTES) continue;
        await writeFile(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        await writeFile(join(dir, `${name}.br`), brotliCompressSync(bytes));
      }
    },
  };
}

/** @public */
export default defineConfig({
  plugins: [
    vue(),
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
    compressed(),
  ],
  define: { __VUE_OPTIONS_API__: true, __INTLIFY_JIT_COMPILATION__: true },
  build: { outDir: 'pages', target: 'es2022', chunkSizeWarningLimit: 1_000 },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': SURFACE, '/openapi.json': SURFACE } },
});
