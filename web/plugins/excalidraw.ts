// What keeps the whiteboard on this server: its fonts are served beside the page, and the address of a public font
// host, which the library puts last in every font's list, is replaced by our own.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

// Xiaolai is left out: 13 MB of Chinese handwriting; those letters fall back to the system's fonts.
const FONTS = ["Assistant", "Cascadia", "ComicShanns", "Excalifont", "Liberation", "Lilita", "Nunito", "Virgil"];

// The literal holds a second one inside, hence the two inner backticks.
const HOST = /`https:\/\/esm\.sh\/\$\{[^`]*`[^`]*`[^`]*`/g;

export function excalidrawAtHome(webFolder: string): Plugin {
  const fontFolder = join(webFolder, "node_modules/@excalidraw/excalidraw/dist/prod/fonts");
  let replaced = 0;
  return {
    name: "excalidraw-at-home",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("@excalidraw/excalidraw/dist")) return null;
      const patched = code.replace(HOST, () => {
        replaced += 1;
        return '(self.location.origin+"/excalidraw/")';
      });
      return patched === code ? null : { code: patched, map: null };
    },
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      const used = chunks.some((chunk) => chunk.moduleIds.some((id) => id.includes("@excalidraw/excalidraw/dist")));
      if (chunks.some((chunk) => chunk.code.includes("//esm.sh")) || (used && replaced === 0)) {
        this.error("The whiteboard still asks esm.sh for fonts: look at HOST in web/plugins/excalidraw.ts.");
      }
      for (const font of FONTS) {
        const files = globSync("*.woff2", { cwd: join(fontFolder, font) });
        if (files.length === 0) this.error(`The whiteboard's font ${font} is missing in ${fontFolder}.`);
        for (const file of files) {
          const source = readFileSync(join(fontFolder, font, file));
          this.emitFile({ type: "asset", fileName: `excalidraw/fonts/${font}/${file}`, source });
        }
      }
    },
    configureServer(server) {
      server.middlewares.use("/excalidraw/fonts", (request, response, next) => {
        const [, font, file] = /^\/(\w+)\/([\w-]+\.woff2)$/.exec(request.url ?? "") ?? [];
        if (!font || !file || !FONTS.includes(font)) return next();
        response.setHeader("content-type", "font/woff2");
        response.end(readFileSync(join(fontFolder, font, file)));
      });
    },
  };
}
