// One way of asking the server: JSON in, JSON out, a Problem when it says no. Who is signed out is told once, here.
import { uuidv7 } from "./ids";
import { Problem, problemOf } from "./problem";

type Asked = {
  body?: unknown;
  /** Query parameters; those undefined or null are left out. */
  query?: Record<string, string | number | boolean | null | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
};

let onSignedOut: () => void = () => {};

/** Called whenever the server no longer knows who is there. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

export const get = <T>(path: string, asked?: Asked): Promise<T> => json("GET", path, asked);
export const put = <T>(path: string, asked?: Asked): Promise<T> => json("PUT", path, asked);
export const remove = <T = void>(path: string, asked?: Asked): Promise<T> => json("DELETE", path, asked);

/** A POST that does something to what is there. */
export const post = <T>(path: string, asked?: Asked): Promise<T> => json("POST", path, asked);

/** A POST that makes something: tried again once when nobody answered, under the same key, so it is made once. */
export async function create<T>(path: string, asked: Asked = {}): Promise<T> {
  const once = { ...asked, headers: { ...asked.headers, "Idempotency-Key": uuidv7() } };
  try {
    return await json<T>("POST", path, once);
  } catch (fault) {
    if (fault instanceof Problem && fault.status === 0 && !asked.signal?.aborted) return json<T>("POST", path, once);
    throw fault;
  }
}

/** A POST that is answered with one JSON document a line, each told as soon as it is there. */
export async function postLines<T>(path: string, onLine: (line: T) => void, asked: Asked = {}): Promise<void> {
  const response = await ask("POST", path, { ...asked, headers: { accept: "application/x-ndjson", ...asked.headers } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line) onLine(JSON.parse(line) as T);
  }
}

/** The response itself, for files. Throws Problem where it is not a success. */
export async function ask(method: string, path: string, asked: Asked = {}): Promise<Response> {
  const headers: Record<string, string> = { accept: "application/json", ...asked.headers };
  if (asked.body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(path + queryOf(asked.query), {
    method,
    headers,
    credentials: "same-origin",
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
    ...(asked.signal ? { signal: asked.signal } : {}),
  }).catch((fault: unknown) => {
    if (asked.signal?.aborted) throw fault;
    throw new Problem(0, "about:blank", "The server did not answer.", "");
  });
  if (response.ok) return response;
  if (response.status === 401) onSignedOut();
  throw await problemOf(response);
}

async function json<T>(method: string, path: string, asked?: Asked): Promise<T> {
  const response = await ask(method, path, asked);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** `?a=1&b=2`, or nothing. */
export function queryOf(query: Asked["query"] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const words = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return words ? `?${words}` : "";
}
