import { defineConfig, type Plugin } from 'vite';
import react from '@vitejs/plugin-react';

/** Only in the built page: the development server injects inline scripts. `style-src` needs inline styles for Monaco and React Flow. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

function contentSecurityPolicy(): Plugin {
  return {
    name: 'gatehouse:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policy },
        injectTo: 'head-prepend',
      },
    ],
  };
}

export default defineConfig({
  base: './',
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 4500, reportCompressedSize: false },
  // What only lazy parts import is prepared before the development server needs it: else it reloads the page.
  optimizeDeps: {
    include: [
      '@monaco-editor/react',
      '@tanstack/react-virtual',
      '@xyflow/react',
      'fflate',
      'lucide-react',
      'monaco-editor/editor',
      'monaco-editor/features/register.all',
      'monaco-editor/languages/definitions/yaml/yaml',
      'radix-ui',
      're2js',
      'valibot',
    ],
  },
});
