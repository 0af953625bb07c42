// How the window is built: into dist/renderer, without anything inline that the content security policy would refuse.
import vue from '@vitejs/plugin-vue';
import components from 'unplugin-vue-components/vite';
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const here = (path: string) => join(import.meta.dirname, path);

export default defineConfig({
  root: here('renderer'),
  base: './',
  plugins: [
    vue(),
    // Only Element Plus is found by name; our own components are imported by hand so that the arrows can be read.
    components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  build: {
    outDir: here('dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
});
