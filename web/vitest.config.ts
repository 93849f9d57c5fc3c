import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    include: ["src/**/*.test.{ts,tsx}"],
    environment: "jsdom",
    setupFiles: ["./test-setup.ts"],
    restoreMocks: true,
    maxWorkers: 2,
    pool: "vmThreads", // a world of its own for each file, and jsdom itself is read once a worker, not once a file
  },
});
