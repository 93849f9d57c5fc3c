import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

import { excalidrawAtHome } from "./plugins/excalidraw.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

export default defineConfig({
  plugins: [excalidrawAtHome(here), react(), tailwindcss()],
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    target: "es2022",
    sourcemap: false,
    // Fonts inside the style sheet would need data: addresses; as files they are cached for good.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
  },
  // For work on the page itself: `npx vite` here, `interviewer serve` beside it.
  server: { proxy: { "/v1": { target: "http://127.0.0.1:8642", ws: true } } },
});
