// An answer of the server's that says no: application/problem+json (RFC 9457), or what comes nearest to it.

/** What went wrong. `detail` is for people; `type` is stable, for programs. Status 0 means that nobody answered. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly title: string,
    readonly detail: string,
    /** When the server asks us to wait: milliseconds, else undefined. */
    readonly retryMs?: number,
  ) {
    super(detail || title);
    this.name = "Problem";
  }

  /** Whether the same request may go well a little later. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** The problem that a failed response tells of; a body of another kind gives a plain sentence. */
export async function problemOf(response: Response): Promise<Problem> {
  const waited = Number(response.headers.get("retry-after"));
  const retryMs = waited > 0 ? waited * 1000 : undefined;
  try {
    const told = (await response.json()) as Partial<Record<"type" | "title" | "detail", string>>;
    return new Problem(response.status, told.type ?? "about:blank", told.title ?? "", told.detail ?? "", retryMs);
  } catch {
    const words = response.status >= 500 ? "The server could not do this just now." : "This was refused.";
    return new Problem(response.status, "about:blank", words, "", retryMs);
  }
}

/** A sentence for a person, whatever was thrown. */
export function words(fault: unknown): string {
  if (fault instanceof Problem) return fault.detail || fault.title;
  return "Something went wrong on this page.";
}
