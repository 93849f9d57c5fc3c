// Reads openapi.json and writes src/wire/schema.d.ts: the types of all that goes over the wire. `make types` runs it; the
// result is committed, and a test compares it with a fresh one, which `node tools/types.mjs -` prints.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const HEAD = "// Made from the server's own description by `make types`; not to be edited by hand.\n";

// A discriminator may point into a nested union, which the generator cannot follow, and TypeScript narrows without it.
// Titles only say each name a second time.
function plain(node) {
  if (Array.isArray(node)) return node.map(plain);
  if (node === null || typeof node !== "object") return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === "discriminator" && typeof value === "object" && "propertyName" in value))
      .filter(([key, value]) => !(key === "title" && typeof value === "string"))
      .map(([key, value]) => [key, plain(value)]),
  );
}

// The server always writes every field; what a request may leave out is said where it is sent (`Given` in types.ts).
function whole(schema) {
  return schema.properties ? { ...schema, required: Object.keys(schema.properties) } : schema;
}

const document = plain(JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8")));
document.components.schemas = Object.fromEntries(
  Object.entries(document.components.schemas).map(([name, schema]) => [name, whole(schema)]),
);
// Routes are functions of src/wire/api.ts, so only the bodies are needed.
document.paths = {};
const types = HEAD + astToString(await openapiTS(document, { alphabetize: true }));
if (process.argv[2] === "-") process.stdout.write(types);
else writeFileSync(new URL("../src/wire/schema.d.ts", import.meta.url), types);
