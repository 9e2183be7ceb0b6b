import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { defineConfig } from 'vite';

/** Where `npm start` serves the surface that `npm run dev` shows pages of. */
const SURFACE = 'http://127.0.0.1:3000';

/** @public */
export default defineConfig({
  plugins: [vue(), components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] })],
  define: { __VUE_OPTIONS_API__: true, __INTLIFY_JIT_COMPILATION__: true },
  build: { outDir: 'pages', target: 'es2022', chunkSizeWarningLimit: 1_000 },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': SURFACE, '/openapi.json': SURFACE } },
});
