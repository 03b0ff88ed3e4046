import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const folder = (path: string) => new URL(path, import.meta.url).pathname;

export default defineConfig({
  plugins: [svelte()],
  resolve: { alias: { $lib: folder('src/lib'), $shared: folder('src/shared') } },
  build: {
    target: 'safari16.4',
    outDir: 'dist',
    // The content policy of the window allows neither data: fonts nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  server: { port: 5173, strictPort: true },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
